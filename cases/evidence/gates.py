"""The need ``evidence_reviewed``: everything of a case that has to be looked at has been, with what it shows."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import Requirement
from cases.selectors.evidence import unreviewed

MOST_NAMED = 5


def register() -> None:
    case_gates.register("evidence_reviewed", evidence_reviewed)


def evidence_reviewed(step: Step, requirement: Requirement) -> Answer:
    """``of: recordings`` asks for recordings only. Names what is not yet heard, oldest first.

    A finding or a recording of after the step was taken does not count.
    """
    waiting = list(unreviewed(step.case, of=requirement.of or "everything", at=step.at))
    named = [f"“{one.title}”" for one in waiting[:MOST_NAMED]]
    if len(waiting) > MOST_NAMED:
        rest = len(waiting) - MOST_NAMED
        named.append(ngettext("%(number)d more", "%(number)d more", rest) % {"number": rest})
    words = _("Not yet: %(names)s.") % {"names": ", ".join(named)} if waiting else ""
    return Answer(not waiting, words, "evidence")
