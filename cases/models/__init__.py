from cases.models.case import Case, CaseAccess, Categorisation
from cases.models.deadline import Breach, Deadline
from cases.models.people import Party, Person
from cases.models.record import Contact, Decision, Incident, Note
from cases.models.report import Report

__all__ = [
    "Breach",
    "Case",
    "CaseAccess",
    "Categorisation",
    "Contact",
    "Deadline",
    "Decision",
    "Incident",
    "Note",
    "Party",
    "Person",
    "Report",
]
