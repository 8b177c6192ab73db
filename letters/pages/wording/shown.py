"""What the pages about words show: the list, the paper of a letter with invented values, the values it may use."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from landlords.models import Landlord
from letters.composing.engine import OWN_WORDS
from letters.examples import example_letter, example_look
from letters.kinds import letter_kinds
from letters.letterhead import content_at, logo_address
from letters.models import Wording
from letters.pdf.drawing import draw
from letters.proofreading import Remark, proofread
from letters.slots import Slot, every_slot
from letters.values import open_to
from letters.wordings import Words
from policies.selectors import policy_of, version_in_force
from policies.services import local_today


@dataclass(frozen=True)
class Cell:
    """One letter in one format: which words are in use, and whether a draft waits."""

    slot: Slot
    published: Wording | None
    draft: Wording | None

    @property
    def url(self) -> str:
        return address("wording", self.slot)


@dataclass(frozen=True)
class Value:
    """What stands in the list of values. ``without`` is what becomes of the letter where there is none."""

    name: str
    description: str
    without: str


def listed() -> list[dict[str, Any]]:
    """Every kind of letter, with its readers and formats, from one look into the database."""
    current = (Wording.Status.PUBLISHED, Wording.Status.DRAFT)
    found = {
        (one.kind, one.audience, one.easy_read, one.status): one
        for one in Wording.objects.filter(status__in=current).defer("body")
    }
    rows: dict[str, dict[str, Any]] = {}
    for slot in every_slot():
        published, draft = (found.get((slot.kind, slot.audience, slot.easy_read, one)) for one in current)
        kind = rows.setdefault(slot.kind, {"label": letter_kinds[slot.kind].label, "readers": {}})
        kind["readers"].setdefault(slot.to, []).append(Cell(slot, published, draft))
    return [{"label": row["label"], "readers": list(row["readers"].items())} for row in rows.values()]


def address(name: str, slot: Slot, *more: Any) -> str:
    """Of a page about one letter's words."""
    return reverse(name, args=[slot.kind, slot.audience.value, slot.form, *more])


def paper(slot: Slot, words: Words, landlord: Landlord) -> SafeString:
    """As the letter will be read, by our own template, which escapes every value. Nothing is read from a case."""
    policy = policy_of(version_in_force(local_today()))
    example = example_letter(
        subject=words.subject,
        body=words.body,
        kind=slot.kind,
        audience=slot.audience,
        ours=landlord,
        policy=policy,
        easy_read=slot.easy_read,
    )
    look = example_look(slot.kind, landlord, policy, logo=content_at())
    look = replace(look, easy_read=slot.easy_read, sent=False)
    return mark_safe(draw(example.document, look, top=2, logo_address=logo_address(look)))  # noqa: S308


def looked_at(slot: Slot, words: Words, landlord: Landlord) -> dict[str, Any]:
    """The paper, and what is wrong with the words."""
    remarks = proofread(slot, words.subject, words.body)
    faults = [one for one in remarks if one.stops]
    advice = [one for one in remarks if not one.stops]
    return {"paper": paper(slot, words, landlord), "faults": faults, "advice": advice, "told": told(remarks)}


def told(remarks: list[Remark]) -> str:
    """In one sentence, for whoever hears the page."""
    stopping = sum(one.stops for one in remarks)
    if stopping:
        return _("Preview renewed. To put right before publishing: %(count)d.") % {"count": stopping}
    return _("Preview renewed. Nothing stops these words.")


def values(slot: Slot) -> list[dict[str, Any]]:
    """By where they come from: what is asked, what we and the policy say, what people told us."""
    asks = letter_kinds[slot.kind].asks
    asked = [Value(name, str(one.label), _without(not one.required)) for name, one in asks.items()]
    added = Value(OWN_WORDS, _("Where an officer can add paragraphs of their own"), _("Left out if empty"))
    known = {True: [], False: []}  # type: dict[bool, list[Value]]
    for name, one in open_to(slot.audience).items():
        known[one.trusted].append(Value(name, str(one.description), _without(one.optional)))
    return [
        {"label": _("Asked of whoever writes the letter"), "values": [*asked, added]},
        {"label": _("From your policy and this system"), "values": known[True]},
        {"label": _("As people typed it; it stands in the letter as plain text"), "values": known[False]},
    ]


def _without(may_be_left_out: bool) -> str:
    if may_be_left_out:
        return _("Where there is none, its paragraph is left out")
    return _("Where there is none, the letter cannot be made")
