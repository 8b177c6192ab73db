"""Making the file of a print batch, in the background.

A process that dies leaves a batch that is taken up again, and the same letters make the same file: it is put together
aside and written whole, in one transaction. Every letter is looked at once more; what must not go is left out.
"""

import datetime
import logging
import uuid
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from letters.about import held_about
from letters.models import PrintBatch, PrintedLetter, PrintFile, Sending
from letters.outbox import recording
from letters.outbox.batches import in_order
from letters.outbox.checking import against_going
from letters.outbox.listing import listing
from letters.outbox.parcels import CannotGo, as_made
from letters.outbox.table import title_of
from letters.pdf.batch import Finished, print_file
from letters.pdf.manifest import Entry
from letters.pdf.workers import CannotRender
from timeline import clock
from timeline.scope import landlord_scope

log = logging.getLogger(__name__)

S = PrintBatch.State
LEASE = datetime.timedelta(minutes=3)
"""A file that is being made for longer than this belongs to a process that died; no task lives so long."""
MOST_TRIES = 3


class Overtaken(Exception):
    """Another process makes this file now, or it is not wanted any more."""


def make_due() -> int:
    """Every file that is due, of every landlord. Returns how many batches were looked at."""
    return sum(make_due_for(landlord_id) for landlord_id in landlords_with_batches())


def landlords_with_batches() -> list[int]:
    """Ids of landlords with files to make; runs before a landlord is known."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT landlord_id FROM landlords_with_batches_to_print(%s) ORDER BY 1", [clock.now()]
        )
        return [row[0] for row in cursor.fetchall()]


def make_due_for(landlord_id: int) -> int:
    """What fails for one batch does not stop the others."""
    done = 0
    while (batch := _claim(landlord_id)) is not None:
        done += 1
        try:
            _make(batch)
        except Overtaken:
            log.warning("batch %s was taken over or given up meanwhile", batch.pk)
        except Exception:
            log.exception("batch %s could not be made", batch.pk)
            _fail(
                batch, _("Something went wrong with this file. Try again, or print the letters one by one.")
            )
    return done


@transaction.atomic
def _claim(landlord_id: int) -> PrintBatch | None:
    """The batch that has been due for longest, and that nobody else is looking at."""
    now = clock.now()
    with landlord_scope(landlord_id):
        due = PrintBatch.objects.filter(next_try_at__lte=now)
        batch = due.select_for_update(skip_locked=True).order_by("next_try_at", "pk").first()
        if batch is None:
            return None
        batch.state, batch.claim, batch.next_try_at = S.MAKING, uuid.uuid4(), now + LEASE
        batch.tries += 1
        batch.done = 0
        batch.save(update_fields=["state", "claim", "next_try_at", "tries", "done"])
        return batch


def _make(batch: PrintBatch) -> None:
    if batch.tries > MOST_TRIES:
        _fail(batch, _("It took too long. Choose fewer letters."))
        return
    out, rows = BytesIO(), list[PrintedLetter]()
    try:
        entries = print_file(_letters(batch, rows), out, title=title_of(batch))
    except ValueError:
        _fail(batch, _("None of its letters waits for the post any more."))
        return
    try:
        listed = listing(batch, entries)
    except CannotRender as why:
        _fail(batch, str(why))
        return
    _keep(batch, list(zip(rows, entries, strict=True)), out.getvalue(), listed)


def _letters(batch: PrintBatch, rows: list[PrintedLetter]) -> Iterator[Finished]:
    """Those that may go, one by one, so that few are in memory; ``rows`` gets the place of each."""
    with transaction.atomic(), landlord_scope(batch.landlord_id):
        places = list(in_order(batch).values_list("pk", flat=True))
    for done, place in enumerate(places, start=1):
        _tell_progress(batch, done)
        found = _one(batch, place)
        if found is not None:
            rows.append(found[0])
            yield found[1]


@transaction.atomic
def _tell_progress(batch: PrintBatch, done: int) -> None:
    """By itself, so that the page shows it at once. Raises Overtaken."""
    with landlord_scope(batch.landlord_id):
        if not _ours(batch).update(done=done):
            raise Overtaken


@transaction.atomic
def _one(batch: PrintBatch, place: int) -> tuple[PrintedLetter, Finished] | None:
    with landlord_scope(batch.landlord_id):
        row = in_order(batch).filter(pk=place).first()
        if row is None:
            return None
        if row.sending.state != Sending.State.WAITING:
            _leave_out(row, _("It does not wait for the post any more."))
            return None
        return _finished(row)


def _finished(row: PrintedLetter) -> tuple[PrintedLetter, Finished] | None:
    """Raises nothing: a letter that must not go has failed, and its officer is told."""
    sending, letter = row.sending, row.sending.letter
    against = against_going(sending, letter, letter.about)
    try:
        content = as_made(letter)
    except CannotGo as why:
        against.append(str(why))
    if against:
        _refuse(row, "\n".join(map(str, against)))
        return None
    name, *lines = sending.address_used.splitlines()
    row.reference, row.addressee, row.address = letter.reference, name, ", ".join(lines)
    return row, Finished(content, row.reference, row.addressee, row.address)


def _refuse(row: PrintedLetter, why: str) -> None:
    letter = row.sending.letter
    about = held_about(letter, person_id=letter.person_id)
    sending = Sending.objects.select_for_update().get(pk=row.sending_id)
    if sending.state == Sending.State.WAITING:
        recording.failed(sending, letter, about, why=why, by=recording.relay())
    _leave_out(row, why)


def _leave_out(row: PrintedLetter, why: str) -> None:
    row.out_at, row.out_by, row.why_out = clock.now(), recording.RELAY, why
    row.save(update_fields=["out_at", "out_by", "why_out"])


@transaction.atomic
def _keep(batch: PrintBatch, made: list[tuple[PrintedLetter, Entry]], content: bytes, listed: bytes) -> None:
    """All at once, or, where a letter has been posted meanwhile, made anew without it."""
    with landlord_scope(batch.landlord_id):
        if not _ours(batch).select_for_update().exists():
            raise Overtaken
        waiting = in_order(batch).filter(sending__state=Sending.State.WAITING).count()
        if waiting != len(made):
            _ours(batch).update(state=S.QUEUED, next_try_at=clock.now(), done=0)
            return
        for row, entry in made:
            row.first_page, row.pages, row.sha256 = entry.first_page, entry.pages, entry.sha256
        told = ["reference", "addressee", "address", "first_page", "pages", "sha256"]
        PrintedLetter.objects.bulk_update([row for row, _entry in made], told)
        PrintFile.objects.create(landlord_id=batch.landlord_id, batch=batch, content=content, listing=listed)
        last = made[-1][1]
        _ours(batch).update(
            state=S.READY,
            next_try_at=None,
            claim=None,
            ready_at=clock.now(),
            pages=last.first_page + last.pages - 1,
            size=len(content),
            sha256=sha256(content).hexdigest(),
        )


@transaction.atomic
def _fail(batch: PrintBatch, why: str) -> None:
    """The letters stay in it: somebody tries again, or gives it up."""
    with landlord_scope(batch.landlord_id):
        _ours(batch).update(state=S.FAILED, why=why, next_try_at=None, claim=None)


def _ours(batch: PrintBatch) -> QuerySet[PrintBatch]:
    return PrintBatch.objects.filter(pk=batch.pk, state=S.MAKING, claim=batch.claim)
