"""Where letters are written: on a case, or about a report that was sent away. Their pages are the same in both."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case, Person
from cases.pages.forms.fields import CaseForm
from cases.pages.loading import act
from cases.pages.parts import show_part
from cases.selectors.file import CaseFile
from letters.about import About
from letters.models import Letter
from letters.pages.offered import readers_of

ON_A_CASE, ABOUT_A_REPORT = "", "report-"
"""What the names of the addresses begin with."""


class Place(Protocol):
    """``back`` is where all its letters are listed."""

    @property
    def about(self) -> About: ...
    @property
    def back(self) -> str: ...

    def readers(self, kind: str) -> list[tuple[str, Person | None]]:
        """Everybody whom this kind of letter can be for, each as the reader they would be."""

    def act(self, request: Any, form: CaseForm, do: Callable[[], str]) -> bool:
        """Do what a posted form asks; False where the form has to be shown (again)."""

    def show(self, request: Any, template: str, **context: Any) -> HttpResponse:
        """A page of it; ``part`` in the context is what the template extends."""


@dataclass(frozen=True)
class CasePlace:
    file: CaseFile

    @property
    def about(self) -> Case:
        return self.file.case

    @property
    def back(self) -> str:
        return reverse("letters", args=[self.about.reference])

    def readers(self, kind: str) -> list[tuple[str, Person | None]]:
        return readers_of(self.file, kind)

    def act(self, request: Any, form: CaseForm, do: Callable[[], str]) -> bool:
        return act(request, self.file, form, do, mind_others=False) is not None

    def show(self, request: Any, template: str, **context: Any) -> HttpResponse:
        back = {"back_url": self.back, "back_label": _("Letters")}
        shared = {"part": "cases/part.html", **back, **context}
        return show_part(request, self.file, template, tab="letters", **shared)


def address(page: str, about: About, *more: Any) -> str:
    """Of ``letter``, ``letter-pdf``, ``release-letter`` or ``new-letter`` there."""
    before = ON_A_CASE if isinstance(about, Case) else ABOUT_A_REPORT
    return reverse(f"{before}{page}", args=[about.reference, *more])


def letter_address(letter: Letter) -> str:
    return address("letter", letter.about, letter.key)
