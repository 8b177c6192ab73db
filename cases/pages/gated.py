"""A gated step from a form: what is missing is told once, as a list with the ways to mend it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.gates.engine import GateRefused, Looked
from landlords.permissions import Refused


@dataclass
class Gated:
    """Wraps what a form does. Where gates refuse it, ``looked`` holds how each stands, for the page's list;
    the form itself says only how many are missing.
    """

    do: Callable[[], str]
    looked: Looked | None = None

    def __call__(self) -> str:
        try:
            return self.do()
        except GateRefused as refused:
            self.looked = refused.looked
            raise Refused(
                _("Nothing is saved: %(missing)s") % {"missing": missing_words(refused.looked)}
            ) from None


def missing_words(looked: Looked) -> str:
    """ "3 things are missing" """
    number = len(looked.unmet)
    return ngettext("%(number)d thing is missing", "%(number)d things are missing", number) % {
        "number": number
    }
