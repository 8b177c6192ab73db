"""Print batches: asked for, changed, and put in the post by a named person. Their file is made in the background
(``letters.outbox.printing``).
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Case
from cases.services.moments import wrong_with
from landlords.permissions import Permission, Refused, check
from letters.models import PrintBatch, PrintedLetter, PrintFile, Sending
from letters.outbox import recording
from letters.outbox.checking import against_going
from letters.outbox.going_out import printable
from letters.outbox.services import mark_posted
from timeline import clock
from timeline.actors import Actor
from timeline.scope import active_landlord

S = PrintBatch.State
MOST = 500
"""Letters in one batch: more than any printer's tray holds."""


@dataclass(frozen=True)
class Posted:
    """How many were marked now, and those that somebody had marked before."""

    marked: int
    already: list[PrintedLetter]


@transaction.atomic
def ask_for_batch(sendings: Collection[int], *, by: Actor) -> PrintBatch:
    """A file of these letters, in the order in which they wait. What this person may not see is left out, as is what
    somebody else has posted or is printing. Raises Refused where nothing is left, or for more than 500.
    """
    _check(by)
    if len(sendings) > MOST:
        raise Refused(_("Choose 500 letters at most. The others go into the next batch."))
    waiting = printable(by=by).filter(pk__in=sendings)
    held = list(waiting.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    free = printable(by=by).filter(pk__in=held).order_by("queued_at", "pk").values_list("pk", flat=True)
    found = list(free)  # asked again behind the lock: somebody else may have printed them meanwhile
    if not found:
        raise Refused(_("Choose at least one letter that waits for the post."))
    now = clock.now()
    landlord_id = active_landlord()
    batch = PrintBatch.objects.create(
        landlord_id=landlord_id, asked_at=now, asked_by=by.name, next_try_at=now
    )
    PrintedLetter.objects.bulk_create(
        PrintedLetter(landlord_id=landlord_id, batch=batch, sending_id=sending_id, place=place)
        for place, sending_id in enumerate(found, start=1)
    )
    return batch


@transaction.atomic
def take_out(printed: PrintedLetter, *, by: Actor) -> PrintBatch:
    """It waits for the post again, and the file is made anew without it. Raises Refused where it is in it no longer."""
    batch = _held(printed.batch, by, S.READY, S.FAILED)
    if not _still_in(batch).filter(pk=printed.pk).update(out_at=clock.now(), out_by=by.name):
        raise Refused(_("This letter is in the batch no longer."))
    _drop_file(batch)
    return _make_again(batch) if _still_in(batch).exists() else _end(batch)


@transaction.atomic
def make_again(batch: PrintBatch, *, by: Actor) -> PrintBatch:
    """Another try at a file that could not be made."""
    return _make_again(_held(batch, by, S.FAILED))


def note_download(batch: PrintBatch, *, by: Actor) -> None:
    """Its letters are taken away to be printed; from now on there may be paper of them."""
    PrintBatch.objects.filter(pk=batch.pk).update(downloaded_at=clock.now(), downloaded_by=by.name)


@transaction.atomic
def give_up_batch(batch: PrintBatch, *, by: Actor, not_posted: bool = False) -> PrintBatch:
    """No file: what has not been posted waits again, for another batch.

    ``not_posted``: somebody says that nothing printed of it is in the post; once it was downloaded it is needed, and
    stands on the timeline. Raises Refused without it, and for a batch that was posted.
    """
    batch = _held(batch, by, S.QUEUED, S.READY, S.FAILED)
    if batch.downloaded_at and not not_posted:
        raise Refused(_("Say that nothing of what was printed is in the post, or mark the batch as posted."))
    rows = [row for row in in_order(batch) if row.sending.state == Sending.State.WAITING]
    _still_in(batch).filter(pk__in=[row.pk for row in rows]).update(out_at=clock.now(), out_by=by.name)
    _drop_file(batch)
    ended = _end(batch)
    for row in rows if batch.downloaded_at else ():
        recording.print_given_up(row.sending, by=by)
    return ended


@transaction.atomic
def mark_batch_posted(
    batch: PrintBatch, *, at: datetime.datetime, by: Actor, late_reason: str = ""
) -> Posted:
    """Somebody put all of it in the post: each letter is marked, with everything that follows on its case, or none is.

    What somebody has marked before stays as they marked it. Raises Refused with each letter that speaks against it.
    """
    _check(by)
    _hold_cases(in_order(batch))
    batch = _held(batch, by, S.READY)
    rows = list(in_order(batch))  # nothing comes into a batch, so that all their cases are held
    if wrong := wrong_with(at, late_reason):
        raise Refused(*wrong)
    already, against = list[PrintedLetter](), list[str]()
    for row in rows:
        if Sending.objects.get(pk=row.sending_id).state != Sending.State.WAITING:
            already.append(row)
            continue
        try:
            mark_posted(row.sending, at=at, by=by, late_reason=late_reason)
        except Refused as refused:
            against.extend(f"{row.reference}, {row.addressee}: {reason}" for reason in refused.reasons)
    if against:
        raise Refused(*against)
    batch.state, batch.posted_at, batch.marked_by = S.POSTED, at, by.name
    batch.save(update_fields=["state", "posted_at", "marked_by"])
    return Posted(len(rows) - len(already), already)


def against_printing(batch: PrintBatch) -> list[str]:
    """What has become unsafe or wrong since the file was made, letter by letter: then it is not handed out."""
    found = list[str]()
    for row in in_order(batch):
        sending, letter = row.sending, row.sending.letter
        if sending.state == Sending.State.WAITING:
            reasons = against_going(sending, letter, letter.about)
            found.extend(f"{row.reference}, {row.addressee}: {reason}" for reason in reasons)
    return found


def in_order(batch: PrintBatch) -> QuerySet[PrintedLetter]:
    """The letters that are in it, each with its case or its report."""
    related = ("sending__letter__case__joined_to", "sending__letter__report", "sending__letter__person")
    rows = _still_in(batch).select_related(*related).defer("sending__letter__case__search")
    return rows.order_by("place")


def _check(by: Actor) -> None:
    check(by, Permission.WRITE_LETTERS)
    if not by.is_person:
        raise Refused(_("Only a person can say this."))


def _held(batch: PrintBatch, by: Actor, *states: PrintBatch.State) -> PrintBatch:
    _check(by)
    batch = PrintBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.is_at_work and batch.state not in states:
        raise Refused(_("The file is being made. Wait until it is ready."))
    if batch.state not in states:
        told = _("This is not possible any more: the batch is %(state)s.")
        raise Refused(told % {"state": batch.get_state_display().lower()})
    return batch


def _hold_cases(rows: Iterable[PrintedLetter]) -> None:
    """All of them first, and always in the same order, so that two who post at once do not wait for each other."""
    cases = {row.sending.letter.case_id for row in rows if row.sending.letter.case_id}
    list(Case.objects.select_for_update().filter(pk__in=cases).order_by("pk").values_list("pk", flat=True))


def _still_in(batch: PrintBatch) -> QuerySet[PrintedLetter]:
    return PrintedLetter.objects.filter(batch=batch, out_at__isnull=True)


def _drop_file(batch: PrintBatch) -> None:
    PrintFile.objects.filter(batch=batch).delete()


def _make_again(batch: PrintBatch) -> PrintBatch:
    batch.state, batch.next_try_at, batch.claim = S.QUEUED, clock.now(), None
    batch.tries = batch.done = 0
    batch.why = ""
    batch.save(update_fields=["state", "next_try_at", "claim", "tries", "done", "why"])
    return batch


def _end(batch: PrintBatch) -> PrintBatch:
    batch.state, batch.next_try_at, batch.claim = S.GIVEN_UP, None, None
    batch.save(update_fields=["state", "next_try_at", "claim"])
    return batch
