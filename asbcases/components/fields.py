"""Any Django form field as GOV.UK markup.

How a field looks is decided in the template (`kind`, `heading`, …), because forms live in apps that may not
import this one; what it holds and which errors it has come from the bound field.
"""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.forms import BoundField, widgets
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SETS_OF_CONTROLS = frozenset({"radios", "checkboxes", "yes_no", "chips"})
"""Kinds where every choice is a control of its own."""
CONTROL_CLASS = {
    "input": "govuk-input",
    "textarea": "govuk-textarea",
    "checkbox": "govuk-checkboxes__input",
    "file": "govuk-file-upload",
}
NATIVE_TIMES: tuple[tuple[type[widgets.DateTimeBaseInput], str, str, str], ...] = (
    (widgets.DateInput, "date", "%Y-%m-%d", "asb-date"),
    (widgets.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M", "asb-datetime"),
    (widgets.TimeInput, "time", "%H:%M", "asb-date"),
)


@dataclass(frozen=True)
class Look:
    """What a template may say about a field; an unknown name is a TypeError."""

    kind: str = ""
    heading: bool = False
    size: str = ""
    width: int = 0
    label: str = ""
    hint: str = ""
    hidden_label: bool = False
    inline: bool = False
    small: bool = False
    first: bool = False
    rows: int = 0
    option_hints: dict[str, str] | None = None


@dataclass(frozen=True)
class Option:
    id: str
    value: str
    label: str
    hint: str
    checked: bool


@dataclass(frozen=True)
class OptionGroup:
    label: str
    options: list[Option]


def render_field(bound: BoundField, look: Look) -> SafeString:
    """Render one field; ValueError where its widget has no GOV.UK equivalent."""
    kind = look.kind or kind_of(bound.field.widget)
    template = "input" if kind == "file" else kind
    return render_to_string(f"components/fields/{template}.html", {"f": field_context(bound, look, kind)})


def kind_of(widget: forms.Widget) -> str:
    if isinstance(widget, widgets.MultiWidget):
        raise ValueError(f"no rendering for {type(widget).__name__}; use one control per field")
    # order matters: Django's checkbox list is a subclass of its radio list
    for kind, known in (
        ("checkboxes", widgets.CheckboxSelectMultiple),
        ("radios", widgets.RadioSelect),
        ("select", widgets.Select),
        ("textarea", widgets.Textarea),
        ("checkbox", widgets.CheckboxInput),
        ("file", widgets.FileInput),
    ):
        if isinstance(widget, known):
            return kind
    return "input"


def field_context(bound: BoundField, look: Look, kind: str) -> dict[str, Any]:
    maxlength = getattr(bound.field, "max_length", None) if kind == "textarea" else None
    context = _words(bound, look) | {
        "id": bound.auto_id,
        "name": bound.html_name,
        "error_id": f"{bound.auto_id}-error",
        "hint_id": f"{bound.auto_id}-hint",
        "maxlength": maxlength,
        "maxlength_words": number_format(maxlength, force_grouping=True) if maxlength else "",
        "heading": look.heading,
        "hidden_label": look.hidden_label,
        "inline": look.inline,
        "small": look.small,
        "first": look.first,
        "input_type": getattr(bound.field.widget, "input_type", "text"),
    }
    context["described_by"] = _described_by(context)
    if kind == "select":
        return context | {"options": select_options(bound), "required": bound.field.required}
    if kind in SETS_OF_CONTROLS:
        groups = option_groups(bound, look.option_hints or {})
        return context | {"groups": groups, "required": bound.field.required}
    return context | {"widget": _control(bound, look, kind, context)}


def option_groups(bound: BoundField, hints: dict[str, str]) -> list[OptionGroup]:
    widget = bound.field.widget
    if not isinstance(widget, widgets.ChoiceWidget):
        raise ValueError(f"{bound.name} has no choices to show")
    chosen = widget.format_value(bound.value())
    # Django gives every choice without a heading a group of its own: neighbours belong together
    together = groupby(widget.optgroups(bound.html_name, chosen), key=lambda group: group[0])
    return [
        OptionGroup(
            label=str(label or ""),
            options=[_option(bound, raw, hints) for _label, options, _index in groups for raw in options],
        )
        for label, groups in together
    ]


def select_options(bound: BoundField) -> SafeString:
    """Written here, not in the template: a list may be long, and a page may have many."""
    widget = bound.field.widget
    if not isinstance(widget, widgets.ChoiceWidget):
        raise ValueError(f"{bound.name} has no choices to show")
    chosen = widget.format_value(bound.value())
    parts = [
        format_html('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))
        if isinstance(label, list | tuple)
        else _options([(value, label)], chosen)
        for value, label in widget.choices
    ]
    return mark_safe("".join(parts))  # noqa: S308 - each part is already escaped


def _options(choices: Iterable[tuple[Any, Any]], chosen: list[str]) -> SafeString:
    found = [("" if value is None else str(value), label) for value, label in choices]
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, mark_safe(" selected") if value in chosen else "", label) for value, label in found),
    )


def first_control_id(bound: BoundField) -> str:
    """The control an error summary links to: for a set of choices the first of them."""
    if kind_of(bound.field.widget) in SETS_OF_CONTROLS:
        groups = option_groups(bound, {})
        return next((option.id for group in groups for option in group.options), bound.auto_id)
    return bound.auto_id


def problems(form: forms.BaseForm) -> list[dict[str, str]]:
    """Every error of the form in the order of its fields; those of the whole form have no target."""
    whole = [{"text": str(error), "target": ""} for error in form.non_field_errors()]
    per_field = [
        {"text": str(error), "target": first_control_id(bound)}
        for bound in form
        if not bound.is_hidden
        for error in bound.errors
    ]
    hidden = [{"text": str(error), "target": ""} for bound in form.hidden_fields() for error in bound.errors]
    return whole + hidden + per_field


def _words(bound: BoundField, look: Look) -> dict[str, Any]:
    return {
        "label": look.label or bound.label,
        "hint": look.hint or bound.help_text,
        "errors": [str(error) for error in bound.errors],
        "size": look.size or ("l" if look.heading else ""),
    }


def _described_by(context: dict[str, Any]) -> str:
    ids = (
        (context["hint"], context["hint_id"]),
        (context["errors"], context["error_id"]),
        (context["maxlength"], f"{context['id']}-info"),
    )
    return " ".join(name for present, name in ids if present)


def _option(bound: BoundField, raw: dict[str, Any], hints: dict[str, str]) -> Option:
    value = str(raw["value"])
    return Option(
        id=f"{bound.auto_id}_{raw['index']}",
        value=value,
        label=str(raw["label"]),
        hint=hints.get(value, ""),
        checked=bool(raw["selected"]),
    )


def _control(bound: BoundField, look: Look, kind: str, context: dict[str, Any]) -> SafeString:
    widget, extra_class = _native(bound.field.widget)
    attrs: dict[str, Any] = {"class": _classes(bound, look, kind, extra_class), "aria-describedby": False}
    if context["described_by"]:
        attrs["aria-describedby"] = context["described_by"]
    if kind == "textarea":
        # a browser would cut pasted text short in silence; the counter and the server speak up instead
        attrs |= {"maxlength": False, "rows": look.rows or 5, "cols": False}
    attrs.setdefault("id", bound.auto_id)
    shown = widget.get_context(bound.html_name, bound.value(), bound.build_widget_attrs(attrs, widget))[
        "widget"
    ]
    if kind == "textarea":
        named = flatatt({"name": shown["name"], **shown["attrs"]})
        return format_html("<textarea{}>\n{}</textarea>", named, shown["value"] or "")
    named = flatatt({"type": shown["type"], "name": shown["name"], "value": shown["value"], **shown["attrs"]})
    return format_html("<input{}>", named)


def _classes(bound: BoundField, look: Look, kind: str, extra: str) -> str:
    base = CONTROL_CLASS[kind]
    own = str(bound.field.widget.attrs.get("class", ""))
    error = f"{base}--error" if bound.errors and kind != "checkbox" else ""
    width = f"govuk-input--width-{look.width}" if look.width else ""
    counted = "govuk-js-character-count" if kind == "textarea" else ""
    return " ".join(name for name in (base, error, width, counted, extra, own) if name)


def _native(widget: forms.Widget) -> tuple[forms.Widget, str]:
    """Dates and times as the browser's own controls; a browser without them shows a text box."""
    for known, input_type, time_format, css in NATIVE_TIMES:
        if isinstance(widget, known):
            native = copy.deepcopy(widget)
            native.input_type = input_type
            native.format = time_format
            return native, css
    return widget, ""
