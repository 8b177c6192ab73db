"""The rows of "Check your answers"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.formats import date_format, time_format

from landlords.models import Landlord
from triage.public.forms import StepForm
from triage.public.steps import STEPS, Journey, Step


@dataclass(frozen=True)
class Answered:
    """One step with what was answered; ``rows`` are as the component wants them."""

    title: str
    rows: list[dict[str, Any]]


def answered(journey: Journey) -> list[Answered]:
    return [
        Answered(str(step.title), list(_rows(step, journey.forms[step.key], journey.landlord)))
        for step in STEPS
    ]


def _rows(step: Step, form: StepForm, landlord: Landlord) -> Iterator[dict[str, Any]]:
    hidden = form.left_out()
    for bound in form:
        if bound.name not in hidden:
            values = _values(bound, form.cleaned_data.get(bound.name))
            yield {
                "label": bound.label,
                "values": values,
                "change_url": f"{step.url(landlord)}#{bound.auto_id}",
            }


def _values(bound: BoundField, value: Any) -> list[str]:
    """What was answered, in words."""
    if not value:
        return []
    if isinstance(bound.field, forms.ChoiceField):
        chosen = value if isinstance(value, list) else [value]
        return [words for key, words in _choices(bound.field) if key in chosen]
    if isinstance(bound.field, forms.DateField):
        return [date_format(value, "l j F Y")]
    if isinstance(bound.field, forms.TimeField):
        return [time_format(value, "H:i")]
    return [str(value)]


def _choices(field: forms.ChoiceField) -> Iterator[tuple[str, str]]:
    """Flat, whether or not they stand in groups."""
    for key, words in cast(Iterable[Any], field.choices):
        if isinstance(words, list | tuple):
            yield from ((str(inner), str(text)) for inner, text in words)
        else:
            yield str(key), str(words)
