"""Concerns about the safety of a child or an adult, over all cases somebody may open.

A case has a concern from the first safeguarding or child-protection note, referral or sharing to protect somebody, or
from the policy's own question about safeguarding being answered otherwise than no. A note says that somebody is
worried; everything else says that something was done.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cases.lifecycle import OPEN_STATES, CaseState
from cases.models import Case, Decision, Note, Referral, Sharing
from cases.models.partner import LawfulBasis
from cases.models.record import GUARDED_KINDS, NoteKind
from cases.permissions import visible_to
from landlords.permissions import Permission, check
from timeline.actors import Actor

PAGE = 30
QUESTION = "safeguarding"
"""The key of the record with which a policy asks for a concern. An answer that denies one begins with “No”."""
NO = Q(answer="No") | Q(answer__startswith="No ")


class Standing(StrEnum):
    """``WAITING``: open, and nothing was done since the newest note but to write it."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"
    ANY = "any"


@dataclass(frozen=True)
class Wanted:
    standing: Standing = Standing.OPEN
    team: str = ""
    page: int = 1


@dataclass(frozen=True)
class Step:
    """One thing on record: a worry (``is_note``), or what was done about it."""

    at: datetime.datetime
    by: str
    what: str
    is_note: bool = False


@dataclass
class Concern:
    case: Case
    steps: list[Step] = field(default_factory=list)

    @property
    def first(self) -> Step:
        return min(self.steps, key=lambda step: step.at)

    @property
    def last_done(self) -> Step | None:
        return max((step for step in self.steps if not step.is_note), key=lambda step: step.at, default=None)

    @property
    def waiting(self) -> bool:
        """Whether the newest worry is newer than all that was done."""
        noted = max((step.at for step in self.steps if step.is_note), default=None)
        done = self.last_done
        return self.case.is_open and noted is not None and (done is None or done.at < noted)


@dataclass(frozen=True)
class ConcernPage:
    rows: list[Concern]
    total: int
    waiting: int


def concerns(wanted: Wanted, *, by: Actor) -> ConcernPage:
    """Those nobody has acted on first, then the longest known. Restricted cases only for those named on them.

    Raises Refused for somebody whose work this is not. A constant number of queries, however many there are.
    """
    check(by, Permission.READ_SAFEGUARDING)
    chosen = visible_to(by, Case.objects.filter(_chosen(wanted)))
    steps = _steps(chosen)
    light = chosen.filter(pk__in=list(steps)).defer("search", "reasons", "prompts")
    found = [Concern(case, steps[case.pk]) for case in light.select_related("team", "owner__user")]
    waiting = sum(one.waiting for one in found)
    if wanted.standing == Standing.WAITING:
        found = [one for one in found if one.waiting]
    found.sort(key=lambda one: (not one.waiting, one.first.at, one.case.pk))
    first = (wanted.page - 1) * PAGE
    return ConcernPage(found[first : first + PAGE], len(found), waiting)


def _chosen(wanted: Wanted) -> Q:
    team = Q(team__key=wanted.team) if wanted.team else Q()
    states = {Standing.CLOSED: [CaseState.CLOSED], Standing.ANY: [*OPEN_STATES, CaseState.CLOSED]}
    return team & Q(status__in=states.get(wanted.standing, OPEN_STATES))


def _steps(cases: QuerySet[Case]) -> dict[int, list[Step]]:
    """Of these cases; what was written on one that was joined to it counts there."""
    theirs = Q(case__in=cases.values("pk")) | Q(case__joined_to__in=cases.values("pk"))
    found: dict[int, list[Step]] = defaultdict(list)
    for read in (_notes, _referrals, _sharings, _decisions):
        for case_id, step in read(theirs):
            found[case_id].append(step)
    return found


def _on_case(rows: QuerySet[Any], *columns: str) -> Iterable[tuple[Any, ...]]:
    on = Coalesce(F("case__joined_to_id"), F("case_id"))
    read: Iterable[tuple[Any, ...]] = rows.annotate(on=on).values_list("on", *columns)
    return read


def _notes(theirs: Q) -> Iterator[tuple[int, Step]]:
    rows = Note.objects.filter(theirs, kind__in=GUARDED_KINDS)
    for case_id, kind, at, by in _on_case(rows, "kind", "written_at", "written_by"):
        yield case_id, Step(at, by, str(NoteKind(kind).label), is_note=True)


def _referrals(theirs: Q) -> Iterator[tuple[int, Step]]:
    rows = Referral.objects.filter(theirs, basis_without_consent=LawfulBasis.SAFEGUARDING)
    read = _on_case(rows, "agency", "made_at", "recorded_by", "outcome_at")
    for case_id, agency, at, by, outcome_at in read:
        yield case_id, Step(at, by, _("Referred to %(agency)s") % {"agency": agency})
        if outcome_at is not None:
            yield case_id, Step(outcome_at, "", _("%(agency)s told us the outcome") % {"agency": agency})


def _sharings(theirs: Q) -> Iterator[tuple[int, Step]]:
    rows = Sharing.objects.filter(theirs, basis=LawfulBasis.SAFEGUARDING)
    for case_id, agency, at, by in _on_case(rows, "agency", "shared_at", "recorded_by"):
        yield case_id, Step(at, by, _("Told %(agency)s") % {"agency": agency})


def _decisions(theirs: Q) -> Iterator[tuple[int, Step]]:
    rows = Decision.objects.filter(theirs, key=QUESTION).exclude(NO)
    for case_id, answer, at, by in _on_case(rows, "answer", "decided_at", "decided_by"):
        yield case_id, Step(at, by, answer)
