"""The need ``evidence_reviewed``: everything of a case that has to be looked at has been, with what it shows."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import Requirement
from cases.selectors.evidence import unreviewed

MOST_NAMED = 5
CASE_OFFICER = "case_officer"
"""The ``value`` of a need that names the officer of the case."""


def register() -> None:
    case_gates.register("evidence_reviewed", evidence_reviewed)


def evidence_reviewed(step: Step, requirement: Requirement) -> Answer:
    """``of: recordings`` asks for recordings only. Names what is not yet heard, oldest first.

    ``value: case_officer`` wants it heard by the officer who has the case; while nobody has it, anybody's finding will
    do. A finding or a recording of after the step was taken does not count.
    """
    officer = step.case.owner if requirement.value == CASE_OFFICER else None
    waiting = unreviewed(
        step.case, of=requirement.of or "everything", at=step.at, by=officer.user_id if officer else None
    )
    names = _named([one.title for one in waiting])
    if officer:
        words = _("Not yet by %(officer)s: %(names)s.") % {"officer": officer.user.name, "names": names}
    else:
        words = _("Not yet: %(names)s.") % {"names": names}
    return Answer(not names, words if names else "", "evidence")


def _named(titles: list[str]) -> str:
    named = [f"“{title}”" for title in titles[:MOST_NAMED]]
    if len(titles) > MOST_NAMED:
        rest = len(titles) - MOST_NAMED
        named.append(ngettext("%(number)d more", "%(number)d more", rest) % {"number": rest})
    return ", ".join(named)
