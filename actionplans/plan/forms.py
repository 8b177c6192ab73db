"""Agreeing a plan, sending it, and settling its actions. Works line by line without JavaScript."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.models import Action
from actionplans.plan.checking import LONGEST_WORDS, ActionDetails
from actionplans.plan.items import every_words, interval_words
from actionplans.plan.lines import Line, day_field, lines_for, owner_field
from actionplans.plan.schema import LONGEST_INTERVAL, Plans
from actionplans.plan.services import HowSent, is_safe_way
from cases.models import Party
from cases.pages.forms.fields import CaseForm, Happened, Words
from landlords.models import Membership


@dataclass(frozen=True)
class Offer:
    """What a plan can be made of: the policy, who may do what, what is carried on. ``owner`` has the case."""

    policy: Plans
    landlord: str
    party: Party
    parties: list[Party]
    owners: list[Membership]
    owner: str
    unfinished: list[Action]
    is_change: bool


class SafelySentForm(CaseForm):
    """A form that says how a plan was sent: a way that is not safe for them only where they asked for it."""

    asked_this_way = forms.BooleanField(
        label=gettext_lazy("They themselves asked for it this way"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.unsafe = False

    def check_way(self, party: Party, how: str) -> None:
        found = unsafe(party, how)
        self.unsafe = bool(found)
        if not self.cleaned_data.get("asked_this_way"):
            for words in found:
                self.add_error("asked_this_way", ValidationError(words))


class PlanForm(SafelySentForm):
    """First warns of whom the plan would name, and goes on once that is ticked."""

    confirmed = forms.BooleanField(
        label=gettext_lazy("I have checked this. Record it all the same"), required=False
    )
    every_days = forms.IntegerField(
        label=gettext_lazy("Days between contacts"),
        min_value=1,
        max_value=LONGEST_INTERVAL,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Enter the days between contacts as a number, such as 14"),
            "min_value": gettext_lazy("The days between contacts must be 1 or more"),
            "max_value": gettext_lazy("The days between contacts must be 365 or fewer"),
        },
    )
    agreed_at = Happened(
        label=gettext_lazy("When it was agreed"),
        future=gettext_lazy("It cannot have been agreed in the future"),
    )
    late_reason = forms.CharField(
        label=gettext_lazy("Why it is recorded only now"),
        help_text=gettext_lazy("Where it was agreed more than a day ago"),
        max_length=LONGEST_WORDS,
        required=False,
    )
    sent_how = forms.ChoiceField(
        label=gettext_lazy("Sent to them now"),
        choices=[("", gettext_lazy("Not sent yet")), *HowSent.choices],
        required=False,
    )
    why_changed = forms.CharField(
        label=gettext_lazy("Why the plan changes"), max_length=LONGEST_WORDS, required=False
    )

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.warned = False
        self.offer = offer
        self.owners = {str(member.key): member for member in offer.owners}
        self.lines = lines_for(offer.policy.all_items(), {one.item for one in offer.unfinished if one.item})
        known = {"landlord": offer.landlord, "interval": _("[as agreed above]")}
        for line in self.lines:
            self.fields |= line.fields(self.owners, owner=offer.owner, known=known)
        for action in offer.unfinished:
            self.fields |= _drop_fields(action)
        if not offer.is_change:
            del self.fields["why_changed"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        filled = [name for name in self.fields if self[name].data not in (None, "", False)]
        for line in self.lines:
            for name, words in line.errors(cleaned, filled):
                self._once(name, words)
        for action in self.offer.unfinished:
            self._check_drop(action)
        if self.offer.is_change and not cleaned.get("why_changed"):
            self._once("why_changed", _("Say why the plan changes"))
        self.check_way(self.offer.party, cleaned.get("sent_how", ""))
        self._warn(self._named())
        return cleaned

    def actions(self) -> list[ActionDetails]:
        """Those ticked or typed, in the order of the page."""
        days = self.cleaned_data.get("every_days") or self.offer.policy.interval.default_days
        known = {"landlord": self.offer.landlord, "interval": interval_words(days) if days else ""}
        taken = [line for line in self.lines if self.cleaned_data.get(line.mark)]
        return [line.details(self.cleaned_data, self.owners, known) for line in taken]

    def dropped(self) -> dict[int, str]:
        """Reasons by the action's id."""
        typed = self.cleaned_data
        return {
            action.pk: typed[f"drop-{action.key}-why"]
            for action in self.offer.unfinished
            if typed.get(f"drop-{action.key}")
        }

    @property
    def theirs(self) -> list[dict[str, Any]]:
        return [self._shown(line) for line in self.lines if not line.ours]

    @property
    def ours(self) -> list[dict[str, Any]]:
        return [self._shown(line) for line in self.lines if line.ours]

    @property
    def carried(self) -> list[dict[str, Any]]:
        return [
            {"action": one, "drop": self[f"drop-{one.key}"], "why": self[f"drop-{one.key}-why"]}
            for one in self.offer.unfinished
        ]

    def _shown(self, line: Line) -> dict[str, Any]:
        names = [line.blank(name) for name in line.item.blanks] if line.item else []
        names += [name for name in (f"{line.key}-owner", f"{line.key}-by") if name in self.fields]
        return {"mark": self[line.mark], "own": line.item is None, "fields": [self[name] for name in names]}

    def _check_drop(self, action: Action) -> None:
        name = f"drop-{action.key}"
        ticked, why = self.cleaned_data.get(name), self.cleaned_data.get(f"{name}-why")
        if ticked and not why:
            self._once(f"{name}-why", _("Say why it is dropped"))
        if why and not ticked:
            self._once(name, _("Tick this to drop it, or empty the reason"))

    def _once(self, name: str, words: str) -> None:
        """A field that is wrong already says enough."""
        if name not in self.errors:
            self.add_error(name, ValidationError(words))

    def _warn(self, warnings: list[str]) -> None:
        self.warned = bool(warnings)
        if not self.cleaned_data.get("confirmed"):
            for warning in warnings:
                self.add_error("confirmed", ValidationError(warning))

    def _named(self) -> list[str]:
        texts = [details.words for details in self.actions()]
        return confidential_named(self.offer.parties, self.offer.party, texts)


class SendForm(SafelySentForm):
    how = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=HowSent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how the plan was sent")},
    )
    sent_at = Happened(
        label=gettext_lazy("When"), future=gettext_lazy("It cannot have been sent in the future")
    )
    late_reason = forms.CharField(
        label=gettext_lazy("Why it is recorded only now"),
        help_text=gettext_lazy("Where it was sent more than a day ago"),
        max_length=LONGEST_WORDS,
        required=False,
    )

    def __init__(self, *args: Any, party: Party, **options: Any) -> None:
        super().__init__(*args, **options)
        self.party = party

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.check_way(self.party, cleaned.get("how", ""))
        return cleaned


class FinishForm(CaseForm):
    outcome = Words(label=gettext_lazy("What came of it"), missing=gettext_lazy("Say what came of it"))
    done_at = Happened(
        label=gettext_lazy("When it was done"), future=gettext_lazy("It cannot have been done in the future")
    )


class DropForm(CaseForm):
    reason = Words(label=gettext_lazy("Why it is dropped"), missing=gettext_lazy("Say why it is dropped"))


class GiveActionForm(CaseForm):
    def __init__(self, *args: Any, action: Action, owners: list[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.owners = {str(member.key): member for member in owners}
        self.fields["owner"] = owner_field(self.owners, str(action.owner.key) if action.owner else "")
        self.fields["by"] = day_field(action.by)
        for name, words in (("owner", _("Choose who does it")), ("by", _("Say by when"))):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words


def interval_hint(policy: Plans) -> str:
    """What the policy offers, for the field of the days."""
    rule = policy.interval
    if rule.default_days:
        told = _("%(interval)s, unless you agree something different")
        return capfirst(told % {"interval": every_words(rule.default_days)})
    if not rule.choices:
        return _("Ask how often they would like to hear from us")
    offered = _(" or ").join(every_words(days) for days in rule.choices)
    told = _("%(offered)s, or more often") if rule.others == "more_often" else "%(offered)s"
    return capfirst(told % {"offered": offered})


def unsafe(party: Party, how: str) -> list[str]:
    """What speaks against it where the person told us that this way is not safe for them."""
    if not how or is_safe_way(party.person, how):
        return []
    words = {"name": party.person.name, "safe": party.person.get_safe_contact_display().lower()}
    return [_("%(name)s told us that this is not safe: %(safe)s") % words]


def confidential_named(parties: Iterable[Party], reader: Party, texts: list[str]) -> list[str]:
    """A warning for each person whose identity is kept, and whom the plan would name to its reader."""
    text = " ".join(texts).casefold()
    kept = {
        one.person.name for one in parties if one.person.confidential and one.person_id != reader.person_id
    }
    return [
        _("The plan names %(name)s, whose identity is kept confidential. The complainant will read it")
        % {"name": name}
        for name in sorted(kept)
        if name.strip() and name.casefold() in text
    ]


def _drop_fields(action: Action) -> dict[str, forms.Field]:
    why = forms.CharField(label=_("Why"), max_length=LONGEST_WORDS, required=False)
    return {
        f"drop-{action.key}": forms.BooleanField(label=_("Drop it"), required=False),
        f"drop-{action.key}-why": why,
    }
