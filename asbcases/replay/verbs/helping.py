"""What is asked of people, and who else is told or asked to support them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from asbcases.replay.verbs.base import AS_TOLD, Day, Event, Name, YesNoText
from cases.models import Case
from cases.models.partner import LawfulBasis, Permitted
from cases.services.asking import ask_of_person
from cases.services.partners import partners_of, refer_person, share_information
from landlords.models import Team

if TYPE_CHECKING:
    from asbcases.replay.stage import Stage

_TO = "the agency, by its key or name in the policy or by any other; or a team of the landlord's own"
_BASES = ", ".join(f"`{one}`" for one in LawfulBasis)
_ANSWERS = ", ".join(f"`{one}`" for one in Permitted)


class RequestEvent(Event):
    """Something is asked of a person; without one nobody "did not work with us"."""

    of: Name | None = Field(None, description="of whom, by name; the complainant if left out")
    what: Name = Field("Fill in a diary of what happens", description="what is asked")
    answer_by: Day | None = Field(None, description="the last day for an answer")

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        ask_of_person(
            case,
            person_id=stage.person_in(case, self.of),
            what=self.what,
            answer_by=self.answer_by,
            by=stage.actor(self),
        )


class ReferEvent(Event):
    """Somebody is referred to an agency that can support them, or to a team of the landlord's own."""

    to: Name = Field(description=_TO)
    of: Name | None = Field(None, description="who is referred, by name; the complainant if left out")
    consent: YesNoText = Field("not_asked", pattern=f"^({'|'.join(Permitted)})$", description=_ANSWERS)
    basis: LawfulBasis | None = Field(None, description=f"on what, without consent: {_BASES}")
    reason: str = Field(AS_TOLD, description="why")

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        refer_person(
            case,
            person_id=stage.person_in(case, self.of),
            agency=agency_named(case, self.to),
            reason=self.reason,
            consent=self.consent,
            basis_without_consent=self.basis or "",
            by=stage.actor(self),
        )


class ShareEvent(Event):
    """A partner is told something of the case, on a lawful basis."""

    to: Name = Field(description=_TO)
    of: Name | None = Field(None, description="about whom, by name; the complainant if left out")
    what: Name = Field("What the chronology says", description="what they are told")
    permission: YesNoText = Field("not_asked", pattern=f"^({'|'.join(Permitted)})$", description=_ANSWERS)
    basis: LawfulBasis = Field(LawfulBasis.CONSENT, description=_BASES)
    told: bool = Field(True, description="the person knows")
    why_not_told: str = Field("", description="why they do not")
    purpose: str = Field("", description="one of the policy's purposes")

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        share_information(
            case,
            person_id=stage.person_in(case, self.of),
            agency=agency_named(case, self.to),
            what=self.what,
            permission=self.permission,
            basis=self.basis,
            person_told=self.told,
            why_not_told=self.why_not_told,
            purpose=self.purpose,
            by=stage.actor(self),
        )


def agency_named(case: Case, name: str) -> str:
    """The agency as the policy of the case calls it; the name itself where the policy does not list it."""
    agencies = partners_of(case).agencies
    known = [one for one in agencies if name in (one.key, one.label)]
    if Team.objects.filter(key=name).exists():
        known += [one for one in agencies if one.internal]
    return known[0].label if known else name


VERBS: dict[str, type[Event]] = {"request": RequestEvent, "refer": ReferEvent, "share": ShareEvent}
