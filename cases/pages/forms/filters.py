"""The filters of My work and of the list of cases. What an address holds beside their choices is ignored."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.lifecycle import CaseState
from cases.pages.forms.changing import MAY_HOLD_A_CASE
from cases.schema import DeadlinesSection
from cases.selectors import listing, work
from cases.selectors.risk import HIGH
from cases.taxonomy import behaviour_choices
from landlords.models import Membership
from policies.schema import Policy

Choices = list[tuple[str, str]]
FLAGS = [
    ("hate", gettext_lazy("Hate")),
    ("restricted", gettext_lazy("Restricted")),
    ("contact_safely", gettext_lazy("Contact safely")),
    ("take_care", gettext_lazy("Risk to staff")),
]


def _in_our_time(day: datetime.date) -> None:
    """A year nobody means, such as 9999, is a slip of the keyboard."""
    if not 2000 <= day.year <= 2100:
        raise ValidationError(gettext_lazy("The year must be between 2000 and 2100"))


class WorkFilter(forms.Form):
    show = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of work"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    risk = forms.ChoiceField(label=gettext_lazy("Risk"), required=False)

    def __init__(self, *args: Any, policy: Policy, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        choose(self, "show", [(part.name.lower(), "") for part in work.Part])
        choose(self, "kind", [("", _("Everything")), *_kinds(policy)])
        choose(self, "level", [("", _("Any")), *_levels(policy)])
        choose(self, "team", [("", _("Any")), *_teams(policy)])
        choose(self, "risk", _risks())

    def wanted(self, page: int) -> work.Wanted:
        chosen = _valid(self)
        show = chosen.pop("show", "")
        return work.Wanted(part=work.Part[show.upper()] if show else None, page=page, **chosen)


class CaseFilter(forms.Form):
    q = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    officer = forms.ChoiceField(label=gettext_lazy("Officer"), required=False)
    behaviour = forms.ChoiceField(label=gettext_lazy("Behaviour"), required=False)
    flag = forms.ChoiceField(label=gettext_lazy("Flag"), required=False)
    risk = forms.ChoiceField(label=gettext_lazy("Risk"), required=False)
    opened_from = forms.DateField(
        label=gettext_lazy("Opened from"),
        required=False,
        validators=[_in_our_time],
        error_messages={"invalid": gettext_lazy("Opened from must be a date, such as 16/11/2026")},
    )
    opened_to = forms.DateField(
        label=gettext_lazy("Opened until"),
        required=False,
        validators=[_in_our_time],
        error_messages={"invalid": gettext_lazy("Opened until must be a date, such as 27/11/2026")},
    )

    def __init__(self, *args: Any, policy: Policy, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        states = [(str(value), str(label)) for value, label in CaseState.choices]
        choose(self, "state", [("", _("Any")), (listing.OPEN, _("Open")), *states])
        choose(self, "level", [("", _("Any")), *_levels(policy)])
        choose(self, "team", [("", _("Any")), *_teams(policy)])
        choose(self, "officer", [("", _("Anybody")), (listing.NOBODY, _("Nobody")), *_members()])
        choose(self, "behaviour", [("", _("Any")), *behaviour_choices()])
        choose(self, "flag", [("", _("Any")), *((key, str(label)) for key, label in FLAGS)])
        choose(self, "risk", _risks())

    def wanted(self, *, older_than: str, newer_than: str) -> listing.Wanted:
        chosen = _valid(self)
        words = chosen.pop("q", "")
        return listing.Wanted(words=words, older_than=older_than, newer_than=newer_than, **chosen)

    @property
    def is_narrowed(self) -> bool:
        return any(_valid(self).values())


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _valid(form: forms.Form) -> dict[str, Any]:
    """What was chosen; nothing of a field whose value is not among its choices."""
    form.is_valid()
    return dict(form.cleaned_data)


def _kinds(policy: Policy) -> Choices:
    rules = policy.section(DeadlinesSection).deadlines
    return list({rule.kind: (rule.kind, rule.label) for rule in rules}.values())


def _levels(policy: Policy) -> Choices:
    return [(level.key, level.label) for level in policy.core.levels]


def _teams(policy: Policy) -> Choices:
    return [(key, team.label) for key, team in policy.core.teams.items()]


def _risks() -> Choices:
    """As a named person confirmed it for any complainant of the case."""
    return [("", _("Any")), (HIGH, _("High"))]


def _members() -> Choices:
    members = Membership.objects.filter(role__in=MAY_HOLD_A_CASE).select_related("user")
    return [(str(member.key), member.user.name) for member in members.order_by("user__name", "id")]
