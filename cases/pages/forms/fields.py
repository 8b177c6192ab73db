"""Fields that every form of a case file shares."""

import datetime
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policies.working_time import LONDON, BadTime, parse_local
from timeline import clock

LONGEST_TEXT = 10_000
ONE_MINUTE = datetime.timedelta(minutes=1)
IN_THE_FUTURE = gettext_lazy("The date and time cannot be in the future")


class Words(forms.CharField):
    """Text up to 10,000 characters, which a message counts out when there is more."""

    def __init__(self, *, missing: Any = "", **options: Any) -> None:
        super().__init__(max_length=LONGEST_TEXT, widget=forms.Textarea, **options)
        self.error_messages["required"] = missing or gettext_lazy("Write something before you save")
        self.error_messages["max_length"] = gettext_lazy(
            "The text must be 10,000 characters or fewer; it has %(show_value)d"
        )


class Moment(forms.Field):
    """A Europe/London date and time as an aware instant; a time that the clocks leave out is refused.

    An hour that October has twice is the first one. Browsers send whole minutes, so the present minute means now.
    """

    widget = forms.DateTimeInput

    def __init__(self, *, future: Any, **options: Any) -> None:
        super().__init__(**options)
        self.future = future

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(LONDON) if isinstance(value, datetime.datetime) else value

    def to_python(self, value: Any) -> datetime.datetime | None:
        if value in self.empty_values:
            return None
        try:
            moment = parse_local(_as_iso(str(value)))
        except BadTime as error:
            raise ValidationError(_wrong(error)) from None
        return self._not_future(moment)

    def _not_future(self, moment: datetime.datetime) -> datetime.datetime:
        now = clock.now()
        if moment > now:
            raise ValidationError(self.future)
        return now if now - moment < ONE_MINUTE else moment


class Happened(Moment):
    """When something happened that is being recorded. Left empty it is the moment of saving, to the microsecond.

    It is never filled in beforehand: a page may have been open for hours, and the minute it was opened in may lie
    before the report itself.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            **{"help_text": gettext_lazy("Empty means now"), "future": IN_THE_FUTURE, **options},
        )

    def clean(self, value: Any) -> datetime.datetime:
        return super().clean(value) or clock.now()


def _as_iso(typed: str) -> str:
    """Where a browser has no field for dates, people type them as they are written here: 16/11/2026 14:30."""
    with suppress(ValueError):
        return datetime.datetime.strptime(typed.strip(), "%d/%m/%Y %H:%M").isoformat()  # noqa: DTZ007
    return typed


def _wrong(error: BadTime) -> str:
    """What a person can do about a date that cannot be."""
    if "clocks" in error.why:
        return _("That time does not exist: the clocks went forward from 1am to 2am that night")
    return _("Enter a date and time, such as 16/11/2026 14:30")


class CaseForm(forms.Form):
    """A form about one case. ``version`` is what the case was when the page was made."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def renew(self, version: str) -> None:
        """Let the next try pass with what has been read meanwhile; what was typed stays."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["version"] = version
