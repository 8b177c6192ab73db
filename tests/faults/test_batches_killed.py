"""However often whoever makes it is killed, a print file is whole or not there, and always the same."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from asbcases.local.processes import until
from letters.models import PrintBatch, PrintedLetter, PrintFile, Sending
from letters.outbox.batches import in_order
from letters.outbox.parcels import as_made
from letters.outbox.printing import LEASE
from letters.outbox.table import title_of
from letters.pdf.batch import Finished, print_file
from tests.factories.world import NOON, Side
from tests.faults.duties import of
from tests.faults.killing import PATIENCE, Workers, workers
from tests.letters.outbox.posting import again, asked, paper, waiting
from timeline.clock import clock_at
from timeline.models import Event

pytestmark = pytest.mark.slow

LETTERS = 60
KILLED_AT = (1, 45)
"""The letter its maker dies at, the first time and the second; after a third nobody would try again."""


def add_batches(side: Side) -> list[PrintBatch]:
    """Two of as many letters each."""
    with of(side.landlord.pk), clock_at(NOON):
        pdf = paper()
        letters = waiting(side, pdf, range(1, 2 * LETTERS + 1))
        return [asked(side, letters[:LETTERS]), asked(side, letters[LETTERS:])]


def expected(side: Side, batch: PrintBatch) -> str:
    """What the file has to be, made here by nobody who is killed."""
    with of(side.landlord.pk):
        letters = [Finished(as_made(row.sending.letter), "", "", "") for row in in_order(batch)]
    out = BytesIO()
    print_file(letters, out, title=title_of(batch))
    return sha256(out.getvalue()).hexdigest()


def now(side: Side, batch: PrintBatch) -> PrintBatch:
    with of(side.landlord.pk):
        return again(batch)


def printed(side: Side, batch: PrintBatch, number: int) -> int:
    """The id of its letter with this number."""
    with of(side.landlord.pk):
        return in_order(batch).values_list("pk", flat=True)[number - 1]


def files(side: Side, *batches: PrintBatch) -> int:
    with of(side.landlord.pk):
        return PrintFile.objects.filter(batch__in=batches).count()


def test_a_file_whose_maker_is_killed_is_made_again_and_is_the_same(side: Side, tmp_path: Path) -> None:
    first, second = add_batches(side)
    for number, letter in enumerate(KILLED_AT):
        at, log = NOON + number * (LEASE + timedelta(minutes=1)), tmp_path / f"{number}.log"
        stuck_at = str(printed(side, first, letter))
        with workers("batches", side.landlord.pk, at, log=log, STUCK_AT=stuck_at) as making:
            victim = making.start()
            until(lambda: now(side, first).done == letter, seconds=PATIENCE, what=f"letter {letter}")  # noqa: B023
            Workers.kill(victim)
        left = now(side, first)
        assert (left.state, left.done, left.sha256, files(side, first)) == ("making", letter, "", 0)
    later = NOON + timedelta(hours=1)
    with workers("batches", side.landlord.pk, later, log=tmp_path / "last.log") as making:
        making.start()
        making.start()
        until(lambda: files(side, first, second) == 2, seconds=PATIENCE, what="both files", every=0.1)
    for batch in (first, second):
        ready = now(side, batch)
        assert (ready.state, ready.sha256, ready.done) == ("ready", expected(side, batch), LETTERS)
    with of(side.landlord.pk):
        for kept in PrintFile.objects.select_related("batch"):
            assert sha256(bytes(kept.content)).hexdigest() == kept.batch.sha256
        assert PrintedLetter.objects.filter(out_at=None, first_page__isnull=False).count() == 2 * LETTERS
        assert Sending.objects.filter(state="waiting").count() == 2 * LETTERS
        assert not Event.objects.filter(verb__startswith="letter_").exists()
