"""The fields of one possible action on the form: an item of the template, or a line of one's own."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplans.models import Action
from actionplans.plan.checking import LONGEST_WORDS, ActionDetails
from actionplans.plan.items import Item
from landlords.models import Membership

OWN_LINES = {Action.Side.COMPLAINANT: 3, Action.Side.LANDLORD: 4}
LONGEST_BLANK = 200
Errors = list[tuple[str, str]]
"""The field's name and what is wrong with it."""


@dataclass(frozen=True)
class Line:
    """``key`` begins the names of its fields. Without ``item`` its words are typed."""

    key: str
    who: str
    item: Item | None = None

    @property
    def ours(self) -> bool:
        return self.who == Action.Side.LANDLORD

    @property
    def mark(self) -> str:
        """The field that says whether it is agreed: a tick, or the words themselves."""
        return f"{self.key}-take" if self.item else f"{self.key}-words"

    def blank(self, name: str) -> str:
        return f"{self.key}-{name}"

    def fields(
        self, owners: Mapping[str, Membership], *, owner: str, known: Mapping[str, str]
    ) -> dict[str, forms.Field]:
        """``owner`` is the key of whoever would do it unless another is chosen."""
        found: dict[str, forms.Field] = {self.mark: self._mark(known)}
        for name, label in self.item.blanks.items() if self.item else ():
            found[self.blank(name)] = forms.CharField(
                label=capfirst(label), max_length=LONGEST_BLANK, required=False
            )
        if self.ours:
            found[f"{self.key}-owner"] = owner_field(owners, owner)
        if self.ours or not self.item:
            found[f"{self.key}-by"] = day_field()
        return found

    def _mark(self, known: Mapping[str, str]) -> forms.Field:
        if self.item:
            return forms.BooleanField(label=capfirst(self.item.filled(known, {})), required=False)
        return forms.CharField(
            label=_("Something else: what is done"), max_length=LONGEST_WORDS, required=False
        )

    def errors(self, typed: Mapping[str, Any], raw: Iterable[str]) -> Errors:
        """``typed`` is what passed its own field; ``raw`` the names of fields that somebody filled in."""
        filled = set(raw)
        if not typed.get(self.mark):
            return self._left_over(filled)
        blanks = [self.blank(name) for name in self.item.blanks] if self.item else []
        missing = [(name, _("Fill this in")) for name in blanks if name not in filled]
        if self.ours:
            for name, words in (("owner", _("Choose who does it")), ("by", _("Say by when"))):
                if f"{self.key}-{name}" not in filled:
                    missing.append((f"{self.key}-{name}", words))
        return missing

    def _left_over(self, filled: set[str]) -> Errors:
        """Typed beside an action that is not taken: it would be lost without a word."""
        others = [self.blank(name) for name in self.item.blanks] if self.item else []
        if filled.isdisjoint({*others, f"{self.key}-by"}):
            return []
        if self.item:
            return [(self.mark, _("Tick this if it is agreed, or empty what stands beside it"))]
        return [(self.mark, _("Say what is done, or empty the day"))]

    def details(
        self, typed: Mapping[str, Any], owners: Mapping[str, Membership], known: Mapping[str, str]
    ) -> ActionDetails:
        member = owners.get(typed.get(f"{self.key}-owner", ""))
        return ActionDetails(
            who=self.who,
            words=self._words(typed, known),
            item=self.item.key if self.item else "",
            owner_id=member.pk if member else None,
            by=typed.get(f"{self.key}-by"),
        )

    def _words(self, typed: Mapping[str, Any], known: Mapping[str, str]) -> str:
        if self.item is None:
            return str(typed[self.mark])
        return self.item.filled(known, {name: typed.get(self.blank(name), "") for name in self.item.blanks})


def lines_for(items: Iterable[Item], carried: set[str]) -> list[Line]:
    """The template's, without those that are carried on already, and some of one's own."""
    offered = [Line(f"item-{item.key}", item.who, item) for item in items if item.key not in carried]
    own = [
        Line(f"own-{who}-{number}", who) for who, most in OWN_LINES.items() for number in range(1, most + 1)
    ]
    return [*offered, *own]


def owner_field(owners: Mapping[str, Membership], initial: str) -> forms.ChoiceField:
    people = [(key, str(member)) for key, member in owners.items()]
    return forms.ChoiceField(
        label=_("Who"),
        choices=[("", _("Choose")), *people],
        required=False,
        initial=initial if initial in owners else "",
    )


def day_field(initial: datetime.date | None = None) -> forms.DateField:
    return forms.DateField(
        label=_("By"),
        required=False,
        initial=initial,
        error_messages={"invalid": gettext_lazy("Enter a date, such as 30/11/2026")},
    )
