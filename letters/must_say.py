"""What letters must say: what the landlords' policies promise of them, whoever words them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from letters.kinds import Audience, letter_kinds
from letters.slots import Slot

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

C, R, W, P = Audience
PEOPLE = frozenset({C, R, W})


@dataclass(frozen=True)
class Must:
    """One of ``names`` has to be in the words. ``kinds`` empty: of every kind. ``easy_read`` None: in both formats."""

    names: tuple[str, ...]
    why: "_StrPromise"
    readers: frozenset[Audience] = frozenset(Audience)
    kinds: tuple[str, ...] = ()
    easy_read: bool | None = None

    def holds_for(self, slot: Slot) -> bool:
        of_format = self.easy_read is None or self.easy_read == slot.easy_read
        return slot.audience in self.readers and slot.kind in (self.kinds or (slot.kind,)) and of_format


_REVIEW = ("case_review", "case_review_when_due", "case_review_route")
_NAMED = _("Whoever reports learns who helps them, what is promised and how it is dealt with")
_PLAN = _("A plan says what each side does, and how often you speak")
_ANSWER_FOR = _("Whoever is warned learns whose behaviour they answer for")
_SIGNED = _("It is signed by the reader and by you")
MUST: tuple[Must, ...] = (
    Must(("reference",), _("The reader needs it whenever they contact you")),
    Must(("phone",), _("The reader has to be able to reach you")),
    Must(("officer", "signatures"), _("A letter says who writes")),
    Must(("officer_title", "signatures"), _("A letter says what they are called who write it")),
    Must(("name",), _("A letter says whom it is for"), PEOPLE),
    Must(_REVIEW, _("Everything you write to complainants tells of the ASB case review"), frozenset({C})),
    Must(("complaint_route",), _("Whoever you write to learns how to complain about you"), PEOPLE),
    Must(("other_languages",), _("Whoever you write to learns of other languages and formats"), PEOPLE),
    Must(("main_contact",), _NAMED, kinds=("acknowledgement",)),
    Must(("promised", "next_promise"), _NAMED, kinds=("acknowledgement",)),
    Must(("handled_under",), _NAMED, kinds=("acknowledgement",)),
    Must(("confidentiality",), _NAMED, kinds=("acknowledgement",)),
    Must(("actions_ours",), _PLAN, kinds=("action_plan",)),
    Must(("actions_theirs",), _PLAN, kinds=("action_plan",)),
    Must(
        ("realistic_advice",),
        _("A plan says what can be done, where your policy has words for it"),
        kinds=("action_plan",),
    ),
    Must(("plan_contact",), _PLAN, kinds=("action_plan",)),
    Must(("how_to_report",), _("Whoever’s case is closed learns how to report again"), kinds=("closure",)),
    Must(("where_to_turn",), _("Whoever cannot be helped here learns who else may help"), kinds=("not_asb",)),
    Must(("diary",), _("The diary itself is part of this letter"), kinds=("diary_sheets",)),
    Must(("signatures",), _SIGNED, kinds=("behaviour_contract", "good_neighbour_agreement")),
    Must(("own_signature",), _("It is signed by the reader"), kinds=("sharing_consent",)),
    Must(
        ("appeal_route",),
        _("They learn how to appeal, where your policy says so"),
        kinds=("possession_decision",),
    ),
    Must(("person_referred",), _("The agency has to know who is referred"), kinds=("support_referral",)),
    Must(("answer_for",), _ANSWER_FOR, kinds=("verbal_warning_record", "first_warning", "final_warning")),
    Must(
        ("about_reach",), _("The agency uses only ways that are safe for them"), kinds=("support_referral",)
    ),
)
WITHOUT_999 = (("satisfaction_survey", R),)


def lacking(slot: Slot, used: set[str], body: str) -> Iterator[str]:
    """Everything this letter must say and does not, in words."""
    for name, question in letter_kinds[slot.kind].asks.items():
        if question.in_words and name not in used:
            yield _t(
                "[%(name)s] is missing: “%(label)s”. Whoever writes the letter is asked for it, "
                "and the answer would not be in it."
            ) % {"name": name, "label": question.label}
    for must in MUST:
        if must.holds_for(slot) and used.isdisjoint(must.names):
            yield _t("%(names)s is missing. %(why)s.") % {"names": _either(must.names), "why": must.why}
    if slot.audience != P and (slot.kind, slot.audience) not in WITHOUT_999 and "999" not in body:
        yield _t("“999” is missing. Whoever you write to learns to ring it when somebody is in danger.")


def _either(names: tuple[str, ...]) -> str:
    return _t(" or ").join(f"[{name}]" for name in names)
