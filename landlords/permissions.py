"""What each role may do, as one table. Gates name positions; everything else asks for a permission."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from timeline.actors import Actor


class Refused(Exception):
    """An action is refused; ``reasons`` are in the user's words and all of them are told at once."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(str(reason) for reason in reasons))


class OurRule(str):
    """A reason that is one of our own few safety rules, told in our name: no policy asks for it or takes it away."""

    __slots__ = ()


class Permission(StrEnum):
    LOG_REPORT = "log a report"
    SEE_CASES = "see cases"
    SEE_RESTRICTED_MATCH = "be told that a restricted case may match"
    DECIDE_ROUTE = "decide what a waiting report is"
    DECIDE_RESTRICTED = "decide a restricted report"
    JOIN_REPORT = "put a report on an open case"
    JOIN_CASES = "join a case to an older one"
    RECORD_CONTACT = "record contact"
    ADD_NOTE = "add a note"
    ADD_INCIDENT = "add an incident"
    RECORD_DUTY = "record that a duty is done"
    RECORD_DECISION = "record a decision on a case"
    RECATEGORISE = "change the level of a case"
    REASSIGN = "give a case to somebody else"
    EXPLAIN_MISS = "explain a missed promise"
    CONFIRM_MET = "confirm that a promise was met in time"
    CLOSE_CASE = "close or reopen a case"
    SEE_EVERY_RESTRICTED_CASE = "see every restricted case of their teams"
    SEE_OVERVIEW = "see the figures"
    ASSESS_RISK = "assess risk"
    AGREE_PLAN = "agree an action plan"
    USE_TOOL = "use a tool on a case"
    APPROVE = "approve a step on a case"
    DEVIATE = "set a gate of the policy aside"
    ADD_EVIDENCE = "add evidence"
    REVIEW_EVIDENCE = "look at evidence"
    CHANGE_PEOPLE = "change what is known about a person"
    READ_SAFEGUARDING = "read what is written about the safety of a child or an adult at risk"
    SHARE = "refer somebody or share information with a partner"
    REARRANGE_CASES = "link, merge or split cases"
    RECORD_CASE_REVIEW = "record an ASB case review"
    WRITE_LETTERS = "write letters"
    CHANGE_WORDING = "change the words of letters"
    MANAGE_STAFF = "add or withdraw members of staff"
    SEE_ACCESS = "see who has looked at a case"
    NAME_STAFF = "say who may open a restricted case"


class Role(models.TextChoices):
    ADVISER = "adviser", _("Contact centre adviser")
    OFFICER = "officer", _("Housing officer")
    SPECIALIST = "specialist", _("Tenancy enforcement specialist")
    MANAGER = "manager", _("Manager")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Landlord administrator")


P = Permission
_CASEWORK = frozenset(
    {
        P.LOG_REPORT,
        P.SEE_CASES,
        P.SEE_RESTRICTED_MATCH,
        P.DECIDE_ROUTE,
        P.JOIN_REPORT,
        P.JOIN_CASES,
        P.RECORD_CONTACT,
        P.ADD_NOTE,
        P.ADD_INCIDENT,
        P.RECORD_DUTY,
        P.RECORD_DECISION,
        P.EXPLAIN_MISS,
        P.ASSESS_RISK,
        P.AGREE_PLAN,
        P.USE_TOOL,
        P.APPROVE,
        P.ADD_EVIDENCE,
        P.REVIEW_EVIDENCE,
        P.CHANGE_PEOPLE,
        P.READ_SAFEGUARDING,
        P.SHARE,
        P.REARRANGE_CASES,
        P.WRITE_LETTERS,
    }
)

MAY: dict[str, frozenset[Permission]] = {
    Role.ADVISER: frozenset(
        {
            P.LOG_REPORT,
            P.SEE_CASES,
            P.SEE_RESTRICTED_MATCH,
            P.JOIN_REPORT,
            P.ADD_NOTE,
            P.ADD_INCIDENT,
            P.ADD_EVIDENCE,
        }
    ),
    Role.OFFICER: _CASEWORK | {P.RECATEGORISE, P.REASSIGN, P.CLOSE_CASE},
    Role.SPECIALIST: _CASEWORK | {P.DECIDE_RESTRICTED, P.RECATEGORISE, P.REASSIGN, P.CLOSE_CASE},
    Role.MANAGER: _CASEWORK
    | {
        P.RECATEGORISE,
        P.REASSIGN,
        P.CLOSE_CASE,
        P.DECIDE_RESTRICTED,
        P.CONFIRM_MET,
        P.DEVIATE,
        P.RECORD_CASE_REVIEW,
        P.SEE_EVERY_RESTRICTED_CASE,
        P.SEE_OVERVIEW,
        P.SEE_ACCESS,
        P.NAME_STAFF,
    },
    Role.AUDITOR: frozenset({P.SEE_CASES, P.SEE_OVERVIEW, P.SEE_ACCESS, P.READ_SAFEGUARDING}),
    Role.ADMINISTRATOR: frozenset({P.SEE_OVERVIEW, P.MANAGE_STAFF, P.CHANGE_WORDING}),
}


def can(by: Actor, permission: Permission) -> bool:
    """Whether the actor's role allows it. A system process may do anything its code does."""
    return (by.role is None and not by.is_person) or permission in MAY.get(by.role or "", frozenset())


def check(by: Actor, permission: Permission) -> None:
    """Raises Refused with the reason a person can act on."""
    if not can(by, permission):
        role = Role(by.role).label if by.role in Role.values else _("somebody without a role")
        raise Refused(
            str(
                _(
                    "As %(role)s you cannot %(action)s. Ask a colleague who can, or your landlord administrator."
                )
            )
            % {"role": str(role).lower(), "action": permission.value}
        )
