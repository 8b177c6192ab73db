from cases.models.case import Case, CaseAccess, Categorisation
from cases.models.deadline import Breach, Deadline
from cases.models.evidence import Evidence, EvidenceReview
from cases.models.link import CaseLink, Rearrangement
from cases.models.partner import Referral, Sharing
from cases.models.people import Confided, Party, Person, StaffRisk
from cases.models.record import Contact, Decision, Incident, Note
from cases.models.report import Report
from cases.models.review import CaseReview
from cases.models.step import Approval, Deviation, Mailing, Notice, Request

__all__ = [
    "Approval",
    "Breach",
    "Case",
    "CaseAccess",
    "CaseLink",
    "CaseReview",
    "Categorisation",
    "Confided",
    "Contact",
    "Deadline",
    "Decision",
    "Deviation",
    "Evidence",
    "EvidenceReview",
    "Incident",
    "Mailing",
    "Note",
    "Notice",
    "Party",
    "Person",
    "Rearrangement",
    "Referral",
    "Report",
    "Request",
    "Sharing",
    "StaffRisk",
]
