"""Two cases become one. No clock begins later by it, and no miss goes. Putting them back: ``undoing``."""

from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import DeadlineState
from cases.models import Case, Deadline, Rearrangement
from cases.permissions import check_can
from cases.search import index_case
from cases.selectors.links import marks, names
from cases.selectors.merging import Line, arithmetic
from cases.services import moving
from cases.services.linking import lock_both
from cases.services.moving import Moved
from cases.services.opening import governing_of
from cases.services.reviewing import prompt_everybody
from cases.sweep import settle
from landlords.permissions import Permission, Refused
from timeline import clock
from timeline.actors import Actor
from timeline.models import Event
from timeline.services import record


@transaction.atomic
def merge_cases(source: Case, into: Case, *, reason: str, by: Actor) -> Rearrangement:
    """Everything of the source that can move goes to the other case; both histories are shown as one.

    Its running clocks go along with their own start and due; of two for the same duty to the same person the
    earlier stays. The level of the other case stays, so it must be at least as serious. Raises Refused with every
    reason.
    """
    source, into = lock_both(source, into, by=by)
    settle((source.pk, into.pk))
    for case in (source, into):
        check_can(Permission.REARRANGE_CASES, case, by=by)
    against = [*why_not_merged(source, into), *([] if reason.strip() else [_("Say why they are one case.")])]
    if against:
        raise Refused(*against)
    moved: Moved = {"before": moving.flags_of(into)}
    moved |= _move_clocks(source, into)
    moved |= moving.bring_people(source, into) | moving.move_records(source, into)
    moved["joined"] = _take_over_joined(source, into)
    moving.add_flags(source, into)
    moved["after"] = moving.flags_of(into)
    _join(source, into)
    moved["prompts"] = prompt_everybody(into, governing_of(into))
    return keep(Rearrangement.Kind.MERGE, source, into, moved, reason, by, verb="cases_merged")


def why_not_merged(source: Case, into: Case) -> list[str]:
    """What speaks against making one of two open cases, in the user's words; empty where nothing does."""
    mine, theirs = names(source), names(into)
    found = []
    if mine[0] & theirs[1] or theirs[0] & mine[1]:
        found.append(_("One is a counter-allegation to the other: link them, they stay two cases."))
    elif not _same_household(source, into):
        found.append(_("They are about different people and homes. Link them instead."))
    if into.level_rank > source.level_rank:
        words = _(
            "%(reference)s is the less serious of the two. Merge it into the other, or change its level first."
        )
        found.append(words % {"reference": into.reference})
    return found


def _same_household(source: Case, into: Case) -> bool:
    """Unknown on either side may be the same: the person who merges says why."""
    mine, theirs = marks(source), marks(into)
    return not mine or not theirs or bool(mine & theirs)


def _move_clocks(source: Case, into: Case) -> Moved:
    """Those that went along, each with its team and state, and those that gave way to an earlier one."""
    lines = [line for line in arithmetic(source, into) if line.dropped]
    owed = Q(state=DeadlineState.RUNNING) | Q(needs_explanation=True)
    clocks = list(source.deadlines.filter(owed).order_by("pk").values_list("pk", "team_id", "state"))
    withdrawn = [_give_way(line) for line in lines]
    source.deadlines.filter(pk__in=[pk for pk, _team, _state in clocks]).update(case=into, team=into.team)
    return {"clocks": clocks, "withdrawn": withdrawn, "last_clock": _last(Deadline.objects.filter(case=into))}


def _give_way(line: Line) -> dict[str, Any]:
    dropped = line.dropped
    assert dropped is not None
    waited = dropped.next_sweep_at.isoformat() if dropped.next_sweep_at else None
    deadlines.withdraw(dropped, replaced_by=line.kept)
    return {"id": dropped.pk, "next_sweep_at": waited}


def _take_over_joined(source: Case, into: Case) -> list[int]:
    """What was joined to the source belongs to the other case now, so that its history is shown there."""
    found = Case.objects.filter(joined_to=source)
    ids = list(found.order_by("pk").values_list("pk", flat=True))
    found.update(joined_to=into)
    return ids


def _join(source: Case, into: Case) -> None:
    source.join()
    source.joined_to = into
    source.save(update_fields=["status", "joined_to"])
    if into.restricted:
        Case.objects.filter(joined_to=into).update(restricted=True)
    for case in (source, into):
        index_case(case)


def keep(
    kind: Rearrangement.Kind, source: Case, target: Case, moved: Moved, reason: str, by: Actor, *, verb: str
) -> Rearrangement:
    """On both histories, each naming the other: whoever may open one may now open both."""
    for one, beside in ((source, target), (target, source)):
        record(verb, by=by, case_id=one.pk, payload={"reference": beside.reference}, text=reason)
    return Rearrangement.objects.create(
        landlord_id=source.landlord_id,
        kind=kind,
        source=source,
        target=target,
        moved=moved | {"event": _last(Event.objects.filter(case_id=target.pk))},
        reason=reason,
        at=clock.now(),
        by_name=by.name,
    )


def _last(rows: QuerySet[Any]) -> int:
    newest: int | None = rows.aggregate(newest=Max("pk"))["newest"]
    return newest or 0
