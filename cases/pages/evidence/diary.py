"""Typing in a diary sheet: each line that says something becomes an incident of the case, dated as it was."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import Evidence
from cases.models.evidence import EvidenceKind
from cases.pages.evidence.views import posted, read_or_post
from cases.pages.forms.fields import LONGEST_TEXT, CaseForm
from cases.pages.loading import act, open_file, show, starting
from cases.selectors.evidence import rules_of
from cases.services.working import IncidentDetails, add_incident
from cases.taxonomy import behaviour_choices
from landlords.access import staff_page
from landlords.permissions import Permission
from policies.wording import long_date
from policies.working_time import LONDON, BadTime, parse_local
from timeline import clock

LINES = 7


class DiaryForm(CaseForm):
    """So many lines of a sheet. A line without a word in it is left out; one with some needs a day and a telling."""

    sheet = forms.ChoiceField(label=gettext_lazy("From which sheet"), required=False)
    behaviours = forms.MultipleChoiceField(
        label=gettext_lazy("What kind, for all of them"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, sheets: list[Evidence], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheets = {str(sheet.key): sheet for sheet in sheets}
        choices = [
            ("", _("A sheet that is not here")),
            *((key, one.title) for key, one in self.sheets.items()),
        ]
        self.fields["sheet"].choices = choices  # type: ignore[attr-defined]
        self.fields["behaviours"].choices = behaviour_choices()  # type: ignore[attr-defined]
        for number in range(1, LINES + 1):
            self._add_line(number)

    def _add_line(self, number: int) -> None:
        words = {"number": number}
        what = forms.CharField(
            label=_("Line %(number)d: what happened") % words,
            max_length=LONGEST_TEXT // 10,
            widget=forms.Textarea,
            required=False,
        )
        day_wrong = {"invalid": _("Line %(number)d: enter the day as a date, such as 14/11/2026") % words}
        time_wrong = {
            "invalid": _("Line %(number)d: enter the time as hours and minutes, such as 23:30") % words
        }
        self.fields |= {
            f"day_{number}": forms.DateField(
                label=_("Line %(number)d: day") % words, error_messages=day_wrong, required=False
            ),
            f"time_{number}": forms.TimeField(
                label=_("Line %(number)d: time") % words, error_messages=time_wrong, required=False
            ),
            f"long_{number}": forms.CharField(
                label=_("Line %(number)d: how long") % words, max_length=100, required=False
            ),
            f"what_{number}": what,
        }

    def lines(self) -> list[dict[str, Any]]:
        """The fields of each line, for the page."""
        return [
            {name: self[f"{name}_{number}"] for name in ("day", "time", "long", "what")} | {"number": number}
            for number in range(1, LINES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in self._used():
            self._check_line(number, cleaned)
        if not self._used() and not self.errors:
            self.add_error("day_1", _("Type in at least one line of the sheet"))
        return cleaned

    def told(self) -> list[IncidentDetails]:
        """One incident for each line, oldest line first, as the sheet has them."""
        return [self._incident(number) for number in self._used()]

    def _used(self) -> list[int]:
        names = ("day", "time", "long", "what")
        typed = self.data
        return [
            number
            for number in range(1, LINES + 1)
            if any(str(typed.get(f"{name}_{number}", "")).strip() for name in names)
        ]

    def _check_line(self, number: int, cleaned: dict[str, Any]) -> None:
        words = {"number": number}
        if not cleaned.get(f"what_{number}") and f"what_{number}" not in self.errors:
            self.add_error(f"what_{number}", _("Line %(number)d: say what happened") % words)
        if not cleaned.get(f"day_{number}"):
            if f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", _("Line %(number)d: give the day") % words)
            return
        for reason in self._wrong_moment(number, cleaned):
            self.add_error(f"day_{number}", reason % words)

    def _wrong_moment(self, number: int, cleaned: dict[str, Any]) -> Iterator[str]:
        """A moment to come, or one that the clocks left out."""
        day, time = cleaned[f"day_{number}"], cleaned.get(f"time_{number}")
        try:
            moment = _moment(day, time or datetime.time())
        except BadTime:
            yield _("Line %(number)d: that time does not exist, the clocks went forward that night")
            return
        if moment > clock.now():
            yield _("Line %(number)d: this cannot be in the future")

    def _incident(self, number: int) -> IncidentDetails:
        typed = self.cleaned_data
        day, time = typed[f"day_{number}"], typed[f"time_{number}"]
        return IncidentDetails(
            description=self._description(typed[f"what_{number}"], typed[f"long_{number}"]),
            behaviours=typed["behaviours"],
            occurred_at=_moment(day, time) if time else None,
            occurred_words="" if time else _("%(day)s, no time given") % {"day": long_date(day)},
            late_reason=_("Told in a diary sheet"),
        )

    def _description(self, what: str, how_long: str) -> str:
        sheet = self.sheets.get(self.cleaned_data["sheet"])
        told = [what]
        if how_long:
            told.append(_("How long: %(long)s") % {"long": how_long})
        source = (
            _("From the diary sheet “%(title)s”") % {"title": sheet.title}
            if sheet
            else _("From a diary sheet")
        )
        return "\n".join([*told, source])


@read_or_post
@staff_page(Permission.ADD_INCIDENT)
def diary_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("type in a diary sheet"))
    sheets = list(file.case.evidence.filter(kind=EvidenceKind.DIARY).order_by("-received_at", "-id"))
    form = DiaryForm(
        posted(request), sheets=sheets, initial=starting(file, sheet=request.GET.get("sheet", ""))
    )

    def do() -> str:
        added = [add_incident(file.case, details, by=request.actor) for details in form.told()]
        words = ngettext(
            "%(number)d incident is on the file.", "%(number)d incidents are on the file.", len(added)
        )
        return words % {"number": len(added)}

    done = act(request, file, form, do, mind_others=False)
    back = {"back_url": reverse("evidence", args=[reference]), "back_label": _("Evidence")}
    rule = rules_of(file.policy).diary
    return done or show(request, file, form, "cases/evidence/diary.html", rule=rule, **back)


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    """A London wall time as an instant. Raises BadTime for an hour that the clocks left out."""
    return parse_local(f"{day:%Y-%m-%d}T{time:%H:%M}").astimezone(LONDON)
