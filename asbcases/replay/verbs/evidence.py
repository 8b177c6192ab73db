"""Evidence as it comes in, and somebody looking at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from pydantic import Field

from asbcases.replay.verbs.base import Event, Moment, Name
from cases.models import Case, Evidence
from cases.models.evidence import EvidenceKind
from cases.selectors.evidence import unreviewed
from cases.services.evidence import EvidenceDetails, receive_evidence, review_evidence
from landlords.permissions import Refused

if TYPE_CHECKING:
    from asbcases.replay.stage import Stage


class EvidenceEvent(Event):
    """Something that shows what happened comes in. The chronology has no file: it is said to be kept elsewhere."""

    kind: EvidenceKind = Field(description=", ".join(f"`{one}`" for one in EvidenceKind))
    by: str | None = Field(None, description="who gave it, by name: somebody of the case, or anybody else")
    title: Name = Field("Evidence", description="what it is")
    captured_at: Moment | None = Field(None, description="when it was made")
    told_of_court: bool = Field(False, description="whoever gave it was told that it may be used in court")

    @property
    def actor_key(self) -> str:
        """``by`` is whoever gave it; an officer enters it."""
        return self.position or self.usual_actor

    def happen(self, stage: Stage) -> None:
        case = stage.case_of(self)
        giver = self._giver(stage, case)
        details = EvidenceDetails(
            kind=self.kind,
            title=self.title,
            person_id=giver,
            from_words=(self.by or "") if giver is None else "",
            where_kept="As the chronology says",
            captured_at=self.captured_at,
            told_of_court=self.told_of_court,
        )
        receive_evidence(
            landlord_id=stage.landlord.pk, case=case, details=details, upload=None, by=stage.actor(self)
        )

    def _giver(self, stage: Stage, case: Case) -> int | None:
        """None where it is nobody of the case, such as an officer or the police."""
        if self.by is None:
            return None
        try:
            return stage.person_in(case, self.by)
        except Refused:
            return None


class ReviewEvidenceEvent(Event):
    """Somebody looks at or listens to what came in, and says what it shows."""

    kind: EvidenceKind | None = Field(
        None, description="only of this kind; everything nobody has looked at yet"
    )
    title: str | None = Field(None, description="only what is called this")
    finding: Name = Field("Looked at, as the chronology says.", description="what it shows")

    def happen(self, stage: Stage) -> None:
        waiting = self._waiting(stage.case_of(self))
        if not waiting:
            raise Refused(_("There is no such evidence that nobody has looked at."))
        for evidence in waiting:
            review_evidence(evidence, finding=self.finding, by=stage.actor(self))

    def _waiting(self, case: Case) -> list[Evidence]:
        found = unreviewed(case)
        found = found.filter(kind=self.kind) if self.kind is not None else found
        return list(found.filter(title=self.title) if self.title is not None else found)


VERBS: dict[str, type[Event]] = {"evidence": EvidenceEvent, "review_evidence": ReviewEvidenceEvent}
