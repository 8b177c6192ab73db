"""Putting back what a merge or a split moved: exactly that, and only while nothing has been built on it."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import DeadlineState
from cases.confided import known_in_list
from cases.models import Case, CaseLink, Deadline, Evidence, Incident, Party, Person, Rearrangement
from cases.models.link import LinkKind
from cases.search import index_case
from cases.services import moving
from cases.services.linking import lock_both, tell_both
from cases.services.moving import Moved
from cases.sweep import settle
from landlords.permissions import Permission, Refused, check
from timeline import clock
from timeline.actors import Actor
from timeline.models import Event

ITSELF = ("promise_missed",)
"""Entries that the clock writes: they are nobody's work and stand in nobody's way."""


@transaction.atomic
def undo(rearrangement: Rearrangement, *, reason: str, by: Actor) -> Rearrangement:
    """Put back what this merge or split moved. Misses stay with their clocks; a clock that gave way runs again.

    Raises Refused with everything that has happened since and makes it impossible.
    """
    source, target = lock_both(rearrangement.source, rearrangement.target, by=by)
    settle((source.pk, target.pk))
    check(by, Permission.REARRANGE_CASES)
    rearrangement = Rearrangement.objects.select_for_update().get(pk=rearrangement.pk)
    against = list(why_not_undone(rearrangement, source, target))
    if not reason.strip():
        against.append(_("Say why it is undone."))
    if against:
        raise Refused(*against)
    put_back = _unmerge if rearrangement.kind == Rearrangement.Kind.MERGE else _unsplit
    put_back(rearrangement.moved, source, target, by)
    rearrangement.undone_at = clock.now()
    rearrangement.undone_by = by.name
    rearrangement.save(update_fields=["undone_at", "undone_by"])
    for case in (source, target):
        index_case(case)
    tell_both("rearrangement_undone", source, target, by=by, text=reason)
    return rearrangement


def why_not_undone(rearrangement: Rearrangement, source: Case, target: Case) -> Iterator[str]:
    """What has happened since that undoing would have to undo too."""
    if rearrangement.undone_at is not None:
        yield _("This is undone already, by %(name)s.") % {"name": rearrangement.undone_by}
        return
    merge = rearrangement.kind == Rearrangement.Kind.MERGE
    for case in (target,) if merge else (source, target):
        if not case.is_open:
            yield _("%(reference)s is not open. Reopen it first.") % {"reference": case.reference}
    if _rearranged_since(rearrangement).exists():
        yield _("One of the cases was merged or split again later. Undo that first.")
    yield from (
        _built_on_merge(rearrangement.moved, target) if merge else _built_on_split(rearrangement, target)
    )


def _rearranged_since(rearrangement: Rearrangement) -> QuerySet[Rearrangement]:
    cases = (rearrangement.source_id, rearrangement.target_id)
    later = Rearrangement.objects.filter(pk__gt=rearrangement.pk, undone_at__isnull=True)
    return later.filter(Q(source__in=cases) | Q(target__in=cases))


def _built_on_merge(moved: Moved, target: Case) -> Iterator[str]:
    yield from _replaced(moved["clocks"], moved["withdrawn"])
    gave_way = Deadline.objects.filter(pk__in=[one["id"] for one in moved["withdrawn"]])
    found = gave_way.select_related("replaced_by__person", "replaced_by__case").order_by("pk")
    for kept in known_in_list(one.replaced_by for one in found if one.replaced_by):
        if kept.state != DeadlineState.RUNNING:
            yield _("%(duty)s: it was one duty for both cases and has been done or replaced since.") % _named(
                kept
            )
    began = target.deadlines.filter(person__in=_newcomers(moved), pk__gt=moved["last_clock"])
    began = began.exclude(pk__in=moved["prompts"])
    for one in known_in_list(began.select_related("person", "case").order_by("pk")):
        yield _("%(duty)s: it began on the merged case, for somebody who came with the other.") % _named(one)


def _replaced(clocks: list[Any], withdrawn: list[Any]) -> Iterator[str]:
    """Running clocks that another has taken the place of: the level changed, or there was contact since."""
    ran = {pk for pk, _team, state in clocks if state == DeadlineState.RUNNING}
    ran -= {one["id"] for one in withdrawn}
    gone = Deadline.objects.filter(pk__in=ran, state=DeadlineState.WITHDRAWN)
    for one in known_in_list(gone.select_related("person", "case").order_by("pk")):
        yield _("%(duty)s: another clock has taken its place since.") % _named(one)


def _newcomers(moved: Moved) -> QuerySet[Person]:
    """Those who are part of the case by the merge alone."""
    brought = Party.objects.filter(pk__in=moved["parties"])
    known = Party.objects.filter(case__in=brought.values("case")).exclude(pk__in=moved["parties"])
    return Person.objects.filter(parts__in=brought).exclude(pk__in=known.values("person"))


def _built_on_split(rearrangement: Rearrangement, target: Case) -> Iterator[str]:
    since = Event.objects.filter(case_id=target.pk, pk__gt=rearrangement.moved["event"])
    if since.exclude(verb__in=ITSELF).exists():
        words = _("Something has been recorded on %(reference)s since. Merge the two cases instead.")
        yield words % {"reference": target.reference}


def _named(deadline: Deadline) -> dict[str, str]:
    return {"duty": f"{deadline.label}: {deadline.person.name}" if deadline.person else deadline.label}


def _unmerge(moved: Moved, source: Case, target: Case, by: Actor) -> None:
    moving.put_records_back(moved, source, target)
    moving.send_people_back(moved)
    moving.take_flags_back(moved, target)
    Case.objects.filter(pk__in=moved["joined"], joined_to=target).update(joined_to=source)
    _clocks_back(moved, source)
    for one in moved["withdrawn"]:
        _run_again(one)
    for prompt in Deadline.objects.filter(pk__in=moved["prompts"], state=DeadlineState.RUNNING):
        deadlines.withdraw(prompt)
    source.part()
    source.joined_to = None
    source.save(update_fields=["status", "joined_to"])
    settle((source.pk, target.pk))


def _run_again(withdrawn: dict[str, Any]) -> None:
    """It waits for what it waited for; a time that has passed meanwhile is found as a miss at once."""
    waited = withdrawn["next_sweep_at"]
    Deadline.objects.filter(pk=withdrawn["id"]).update(
        state=DeadlineState.RUNNING,
        replaced_by=None,
        next_sweep_at=datetime.datetime.fromisoformat(waited) if waited else None,
    )


def _clocks_back(moved: Moved, source: Case) -> None:
    for pk, team, _state in moved["clocks"]:
        Deadline.objects.filter(pk=pk).update(case=source, team=team)


def _unsplit(moved: Moved, source: Case, target: Case, by: Actor) -> None:
    Incident.objects.filter(pk__in=moved["incident"], case=target).update(case=source)
    Evidence.objects.filter(pk__in=moved["evidence"], case=target).update(case=source)
    Party.objects.filter(pk__in=moved["parties"], case=target).update(case=source)
    _clocks_back(moved, source)
    for one in moved["copies"]:
        copied = Deadline.objects.get(pk=one["id"])
        if copied.state == DeadlineState.RUNNING:
            deadlines.withdraw(copied, replaced_by=Deadline.objects.get(pk=one["of"]))
    links = CaseLink.objects.filter(case=target, other=source, kind=LinkKind.SPLIT, ended_at__isnull=True)
    links.update(ended_at=clock.now(), ended_by=by.name)
    target.join()
    target.joined_to = source
    target.save(update_fields=["status", "joined_to"])
