"""A day's letters in one file: who may ask for it, what is in it, how it is changed and put in the post."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from cases.models import Case, Person
from landlords.permissions import Refused, Role
from letters.models import PrintBatch, PrintedLetter, PrintFile, Sending
from letters.outbox import batches, printing
from letters.outbox.batches import (
    against_printing,
    ask_for_batch,
    give_up_batch,
    make_again,
    mark_batch_posted,
    note_download,
    take_out,
)
from letters.outbox.going_out import Sort, batches_for, count_outgoing
from letters.outbox.listing import listing
from letters.outbox.printing import LEASE, make_due
from letters.outbox.services import mark_posted, withdraw
from letters.outbox.table import as_table
from tests.factories.world import NOON, Side, World
from tests.letters.outbox.posting import again, asked, inside_it, made, make, pages_of, paper, waiting
from tests.letters.outbox.sealed import fresh, happened, inside, told
from timeline.actors import system
from timeline.clock import clock_at
from timeline.models import Event

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return paper()


@pytest.fixture
def post(here: Side, pdf: bytes) -> list[Sending]:
    """Three letters that wait for the post."""
    return waiting(here, pdf, range(1, 4))


def rows() -> tuple[object, ...]:
    """Everything a batch may change."""
    return (
        list(PrintBatch.objects.order_by("pk").values()),
        list(PrintedLetter.objects.order_by("pk").values()),
        list(Sending.objects.order_by("pk").values()),
        Event.objects.count(),
    )


def refused(do: Callable[[], object]) -> list[str]:
    """Every reason; and that nothing happened."""
    before = rows()
    with pytest.raises(Refused) as caught:
        do()
    assert rows() == before
    return [str(reason) for reason in caught.value.reasons]


def test_a_batch_is_made_with_its_list(here: Side, post: list[Sending], pdf: bytes) -> None:
    batch = made(here, post)
    kept = PrintFile.objects.get(batch=batch)
    content = bytes(kept.content)
    assert (batch.state, batch.done, batch.tries, batch.next_try_at) == ("ready", 3, 1, None)
    assert (batch.pages, batch.size, batch.sha256) == (5, len(content), sha256(content).hexdigest())
    assert pages_of(batch) == 5
    assert bytes(kept.listing).startswith(b"%PDF-")
    digest, reference = sha256(pdf).hexdigest(), here.case.reference
    assert as_table(batch).splitlines() == [
        "Number,Reference,To,Address,First page,Pages,SHA-256",
        f'1,{reference},Reader 1,"1 Example Road, ZZ1 1ZZ",1,1,{digest}',
        f'2,{reference},Reader 2,"2 Example Road, ZZ1 1ZZ",3,1,{digest}',
        f'3,{reference},Reader 3,"3 Example Road, ZZ1 1ZZ",5,1,{digest}',
    ]
    assert [fresh(one).state for one in post] == ["waiting"] * 3
    assert happened() == []


def test_a_letter_is_in_one_batch_at_a_time(here: Side, post: list[Sending]) -> None:
    first = asked(here, post[:2])
    assert inside_it(asked(here, post)) == ["Reader 3"]
    assert refused(lambda: asked(here, post)) == ["Choose at least one letter that waits for the post."]
    with pytest.raises(IntegrityError), transaction.atomic():
        PrintedLetter.objects.create(landlord=here.landlord, batch=first, sending=post[2], place=9)
    assert count_outgoing(by=here.actor())[Sort.POST] == 0


def test_an_empty_batch_and_one_that_is_too_large(
    here: Side, post: list[Sending], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST", 2)
    assert refused(lambda: asked(here, [])) == ["Choose at least one letter that waits for the post."]
    assert refused(lambda: asked(here, post)) == [
        "Choose 500 letters at most. The others go into the next batch."
    ]


def test_only_letters_that_wait_for_the_post(here: Side, post: list[Sending]) -> None:
    mark_posted(post[0], at=NOON, by=here.actor())
    withdraw(post[1], reason="She has moved", by=here.actor())
    assert inside_it(asked(here, post)) == ["Reader 3"]


def test_a_batch_that_was_downloaded_is_given_up_only_by_saying_that_nothing_was_posted(
    here: Side, post: list[Sending]
) -> None:
    batch = made(here, post)
    mark_posted(post[0], at=NOON, by=here.actor())
    note_download(batch, by=here.actor(Role.MANAGER))
    assert refused(lambda: give_up_batch(batch, by=here.actor())) == [
        "Say that nothing of what was printed is in the post, or mark the batch as posted."
    ]
    give_up_batch(batch, by=here.actor(), not_posted=True)
    assert (again(batch).state, inside_it(batch)) == ("given_up", ["Reader 1"])
    told = Event.objects.filter(verb="letter_print_given_up").order_by("subject_id")
    assert [(one.case_id, one.subject_id, one.actor_name) for one in told] == [
        (here.case.pk, sending.letter_id, "Officer Larkspur") for sending in post[1:]
    ]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_not_everybody_prints_and_posts(here: Side, post: list[Sending], role: str) -> None:
    by = here.actor(role)
    batch = made(here, post[:1])
    place = batch.letters.get()
    for do in (
        lambda: ask_for_batch([post[1].pk], by=by),
        lambda: take_out(place, by=by),
        lambda: give_up_batch(batch, by=by),
        lambda: mark_batch_posted(batch, at=NOON, by=by),
    ):
        assert len(refused(do)) == 1
    clockwork = system("Tests")
    assert refused(lambda: mark_batch_posted(batch, at=NOON, by=clockwork)) == ["Only a person can say this."]


def test_a_restricted_case_is_only_printed_by_those_who_may_see_it(
    here: Side, post: list[Sending], pdf: bytes
) -> None:
    case = here.restricted_case
    person = case.parties.get(role="complainant").person
    Person.objects.filter(pk=person.pk).update(safe_contact="letter")
    hidden = waiting(here, pdf, range(8, 9))[0]
    Case.objects.filter(pk=here.case.pk).update(restricted=True)
    assert refused(lambda: asked(here, [*post, hidden])) == [
        "Choose at least one letter that waits for the post."
    ]
    manager = here.actor(Role.MANAGER)
    batch = ask_for_batch([post[0].pk], by=manager)
    assert list(batches_seen(here, Role.MANAGER)) == [batch]
    assert list(batches_seen(here, Role.OFFICER)) == []


def batches_seen(side: Side, role: str) -> list[PrintBatch]:
    return list(batches_for(by=side.actor(role)))


def test_all_are_posted_with_who_and_when(here: Side, post: list[Sending]) -> None:
    batch = made(here, post)
    with clock_at(NOON + 2 * HOUR):
        posted = mark_batch_posted(batch, at=NOON + HOUR, by=here.actor())
    assert (posted.marked, posted.already) == (3, [])
    sent = [(one.state, one.sent_at, one.marked_by) for one in map(fresh, post)]
    assert sent == [("sent", NOON + HOUR, "Officer Larkspur")] * 3
    assert happened() == ["letter_sent"] * 3
    ended = again(batch)
    assert (ended.state, ended.posted_at, ended.marked_by) == ("posted", NOON + HOUR, "Officer Larkspur")
    assert refused(lambda: mark_batch_posted(batch, at=NOON, by=here.actor())) == [
        "This is not possible any more: the batch is posted."
    ]


def test_what_somebody_marked_before_is_told_and_not_doubled(here: Side, post: list[Sending]) -> None:
    batch = made(here, post)
    mark_posted(post[1], at=NOON, by=here.actor(Role.MANAGER))
    with clock_at(NOON + 2 * HOUR):
        posted = mark_batch_posted(batch, at=NOON + HOUR, by=here.actor())
    assert (posted.marked, [row.addressee for row in posted.already]) == (2, ["Reader 2"])
    assert [fresh(one).sent_at for one in post] == [NOON + HOUR, NOON, NOON + HOUR]
    assert happened() == ["letter_sent"] * 3


def test_all_or_none(here: Side, post: list[Sending], pdf: bytes) -> None:
    with clock_at(NOON + HOUR):
        late = waiting(here, pdf, range(4, 5))
        batch = made(here, [*post, *late])
        assert refused(lambda: mark_batch_posted(batch, at=NOON, by=here.actor())) == [
            f"{here.case.reference}, Reader 4: It cannot have gone before it was made."
        ]
    with clock_at(NOON + 3 * DAY):
        assert refused(lambda: mark_batch_posted(batch, at=NOON, by=here.actor())) == [
            "It happened more than a day ago. Say why it is entered late."
        ]


def test_one_is_taken_out_and_the_file_made_without_it(here: Side, post: list[Sending]) -> None:
    batch = made(here, post)
    place = batch.letters.get(place=2)
    assert take_out(place, by=here.actor()).state == "queued"
    assert not PrintFile.objects.exists()
    assert refused(lambda: mark_batch_posted(batch, at=NOON, by=here.actor())) == [
        "The file is being made. Wait until it is ready."
    ]
    assert make(here) == 1
    assert (inside_it(batch), pages_of(batch), fresh(post[1]).state) == (
        ["Reader 1", "Reader 3"],
        3,
        "waiting",
    )
    assert refused(lambda: take_out(place, by=here.actor())) == ["This letter is in the batch no longer."]
    assert inside_it(asked(here, post)) == ["Reader 2"]


def test_taking_the_last_one_out_ends_the_batch(here: Side, post: list[Sending]) -> None:
    batch = made(here, post[:1])
    assert take_out(batch.letters.get(), by=here.actor()).state == "given_up"
    assert (make(here), inside_it(batch)) == (0, [])


def test_a_batch_given_up_frees_what_was_not_posted(here: Side, post: list[Sending]) -> None:
    batch = made(here, post)
    mark_posted(post[0], at=NOON, by=here.actor())
    give_up_batch(batch, by=here.actor())
    assert (again(batch).state, inside_it(batch), PrintFile.objects.count()) == ("given_up", ["Reader 1"], 0)
    assert inside_it(asked(here, post)) == ["Reader 2", "Reader 3"]


def test_what_was_posted_or_stopped_meanwhile_is_not_printed(here: Side, post: list[Sending]) -> None:
    batch = asked(here, post)
    mark_posted(post[0], at=NOON, by=here.actor(Role.MANAGER))
    withdraw(post[2], reason="Another letter says it better", by=here.actor())
    assert make(here) == 1
    assert (again(batch).state, inside_it(batch), pages_of(batch)) == ("ready", ["Reader 2"], 1)
    whys = set(batch.letters.filter(out_at__isnull=False).values_list("why_out", flat=True))
    assert whys == {"It does not wait for the post any more."}


def test_what_is_posted_while_the_file_is_put_together_is_taken_out_of_it(
    here: Side, post: list[Sending], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = asked(here, post)

    def meanwhile(*about: object) -> bytes:
        if fresh(post[0]).state == "waiting":
            mark_posted(post[0], at=NOON, by=here.actor(Role.MANAGER))
        return listing(*about)  # type: ignore[arg-type]

    monkeypatch.setattr(printing, "listing", meanwhile)
    assert make(here) == 2
    assert (again(batch).state, inside_it(batch), pages_of(batch)) == ("ready", ["Reader 2", "Reader 3"], 3)


def test_what_has_become_unsafe_fails_and_its_officer_is_told(here: Side, post: list[Sending]) -> None:
    batch = asked(here, post)
    Person.objects.filter(name="Reader 2").update(safe_contact="call")
    make(here)
    why = "Our safety rule: Reader 2 is written to only in the way that is safe for them (call only)."
    assert (inside_it(batch), fresh(post[1]).state, fresh(post[1]).result) == (
        ["Reader 1", "Reader 3"],
        "failed",
        why,
    )
    assert (happened(), told()) == (["letter_failed"], [("letter_failed", None)])
    assert batch.letters.get(place=2).why_out == why


def test_what_becomes_unsafe_after_it_was_made_is_not_handed_out(here: Side, post: list[Sending]) -> None:
    batch = made(here, post)
    assert against_printing(batch) == []
    Person.objects.filter(name="Reader 2").update(address="Elsewhere, ZZ2 2ZZ")
    assert against_printing(batch) == [
        f"{here.case.reference}, Reader 2: The name or address has changed since this letter was made. Make it again."
    ]


def test_a_batch_of_which_nothing_is_left_has_no_file(here: Side, post: list[Sending]) -> None:
    batch = asked(here, post[:1])
    withdraw(post[0], reason="She has moved", by=here.actor())
    make(here)
    failed = again(batch)
    assert (failed.state, failed.why) == ("failed", "None of its letters waits for the post any more.")
    assert PrintFile.objects.count() == 0


def test_what_goes_wrong_is_shown_and_can_be_tried_again(
    here: Side, post: list[Sending], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = asked(here, post)
    with monkeypatch.context() as patch:
        patch.setattr(printing, "print_file", lambda *_a, **_b: 1 // 0)
        make(here)
    failed = again(batch)
    assert (failed.state, failed.next_try_at) == ("failed", None)
    assert failed.why == "Something went wrong with this file. Try again, or print the letters one by one."
    make_again(failed, by=here.actor())
    make(here)
    assert (again(batch).state, again(batch).why) == ("ready", "")


def test_one_left_behind_is_taken_up_again_but_not_for_ever(here: Side, post: list[Sending]) -> None:
    batch = asked(here, post)
    for number in (1, 2, 3):
        at = NOON + number * (LEASE + HOUR)
        with clock_at(at):
            claimed = printing._claim(here.landlord.pk)
            assert claimed is not None
            assert (claimed.pk, claimed.tries) == (batch.pk, number)
            assert printing._claim(here.landlord.pk) is None
    with clock_at(NOON + DAY):
        assert make(here) == 1
    assert (again(batch).state, again(batch).why) == ("failed", "It took too long. Choose fewer letters.")


def test_whoever_was_overtaken_keeps_nothing(here: Side, post: list[Sending]) -> None:
    batch = asked(here, post)
    slow = printing._claim(here.landlord.pk)
    assert slow is not None
    with clock_at(NOON + LEASE):
        make(here)
    ready = again(batch)
    with pytest.raises(printing.Overtaken):
        printing._make(slow)
    assert (again(batch).sha256, again(batch).state) == (ready.sha256, "ready")
    assert PrintFile.objects.count() == 1


def test_the_same_letters_make_the_same_file(here: Side, post: list[Sending]) -> None:
    batch = made(here, post)
    first = PrintFile.objects.get()
    before = again(batch).sha256, bytes(first.content), bytes(first.listing)
    first.delete()
    PrintBatch.objects.filter(pk=batch.pk).update(state="failed")
    make_again(again(batch), by=here.actor())
    make(here)
    kept = PrintFile.objects.get()
    assert (again(batch).sha256, bytes(kept.content), bytes(kept.listing)) == before


def test_each_landlord_by_itself(world: World, pdf: bytes) -> None:
    batches_of = []
    for side in (world.here, world.there):
        with inside(side):
            batches_of.append((side, asked(side, waiting(side, pdf, range(1, 3)))))
    assert make_due() == 2
    for side, batch in batches_of:
        with inside(side):
            assert (again(batch).state, PrintFile.objects.count()) == ("ready", 1)
