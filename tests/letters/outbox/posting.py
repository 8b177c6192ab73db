"""Letters that wait for the post in tests, each to a reader of its own, and the batches they are printed in."""

from io import BytesIO

import pikepdf

from cases.models import Case, Party, Person
from letters.models import PrintBatch, PrintFile, Sending
from letters.outbox.batches import ask_for_batch
from letters.outbox.printing import make_due_for
from letters.pdf.frames import Printing
from letters.pdf.workers import shared
from tests.factories.world import NOON, Side
from tests.letters.outbox.sealed import queued
from timeline import clock

WORDS = "<article class='asb-paper'><h1>An update</h1><p>We have your report.</p></article>"


def paper() -> bytes:
    """A letter of one page, as it is really set. The process that sets it ends with it."""
    try:
        return shared().render(Printing(WORDS, "An update", ("#37474f", "#37474f")))
    finally:
        shared().close()


def reader(side: Side, number: int, case: Case | None = None) -> Person:
    """Somebody with an address, who is a complainant on the case."""
    person = Person.objects.create(
        landlord=side.landlord, name=f"Reader {number}", address=f"{number} Example Road, ZZ1 1ZZ"
    )
    add_to(side, case or side.case, person)
    return person


def add_to(side: Side, case: Case, person: Person) -> None:
    Party.objects.create(
        landlord=side.landlord, case=case, person=person, role="complainant", since=min(NOON, clock.now())
    )


def waiting(side: Side, content: bytes, numbers: range, case: Case | None = None) -> list[Sending]:
    about = case or side.case
    return [
        queued(side, "post", case=about, person=reader(side, number, about), content=content)
        for number in numbers
    ]


def asked(side: Side, sendings: list[Sending]) -> PrintBatch:
    return ask_for_batch([one.pk for one in sendings], by=side.actor())


def made(side: Side, sendings: list[Sending]) -> PrintBatch:
    batch = asked(side, sendings)
    make(side)
    return again(batch)


def make(side: Side) -> int:
    try:
        return make_due_for(side.landlord.pk)
    finally:
        shared().close()


def again(batch: PrintBatch) -> PrintBatch:
    return PrintBatch.objects.get(pk=batch.pk)


def inside_it(batch: PrintBatch) -> list[str]:
    """Who is still in it, in order."""
    still = batch.letters.filter(out_at__isnull=True).order_by("place")
    return list(still.values_list("sending__letter__person__name", flat=True))


def pages_of(batch: PrintBatch) -> int:
    with pikepdf.open(BytesIO(bytes(PrintFile.objects.get(batch=batch).content))) as pdf:
        return len(pdf.pages)
