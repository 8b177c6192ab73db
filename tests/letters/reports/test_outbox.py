"""How a letter about a report goes out: at most once, with nothing noted on any case, and only seen by who may."""

import pytest

from cases.models import Deadline, Person
from cases.notifications import compose
from landlords.models import Membership
from landlords.permissions import Refused, Role
from letters.models import PrintBatch, Sending
from letters.outbox.batches import ask_for_batch, mark_batch_posted
from letters.outbox.going_out import Sort, batches_for, count_outgoing, list_outgoing, one_outgoing
from letters.outbox.services import came_back, give_up, mark_posted, queue, withdraw
from tests.factories.world import NOON, Side, World
from tests.letters.outbox.posting import again, inside_it, made, make, pages_of, paper
from tests.letters.outbox.posting import waiting as on_the_case
from tests.letters.outbox.sealed import deliver, fresh, happened, inside
from tests.letters.reports.away import queued, reader_of, sealed, secret, sent_away
from tests.timeline.mailbox import HANG_UP, Mailbox
from timeline import clock
from timeline.actors import system
from timeline.models import Event, Notification

AMINA = "amina@larkspur.example"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return paper()


def test_it_is_posted_by_somebody_and_that_is_on_record(here: Side) -> None:
    sending = queued(here, sent_away(here))
    assert (sending.state, sending.address_used) == ("waiting", "Amina Larkspur\n16 Larkspur Court\nZZ1 1ZZ")
    before = list(Deadline.objects.order_by("pk").values())
    mark_posted(sending, at=clock.now(), by=here.actor())
    assert (fresh(sending).state, fresh(sending).marked_by) == ("sent", "Officer Larkspur")
    [event] = Event.objects.filter(verb="letter_sent")
    assert (event.case_id, event.subject_id, event.payload["how"]) == (None, sending.letter_id, "Post")
    assert list(Deadline.objects.order_by("pk").values()) == before


def test_there_is_never_a_second_copy(here: Side) -> None:
    letter = sealed(here, sent_away(here))
    queue(letter, channel="post", by=here.actor())
    with pytest.raises(Refused, match="never a second copy"):
        queue(letter, channel="hand", by=here.actor())
    assert Sending.objects.count() == 1


def test_it_can_be_stopped_while_it_waits(here: Side) -> None:
    sending = queued(here, sent_away(here))
    withdraw(sending, reason="They rang us", by=here.actor())
    assert (fresh(sending).state, happened()) == ("failed", ["letter_failed"])


def test_an_email_goes_once_and_says_nothing_of_the_matter(here: Side, box: Mailbox) -> None:
    sending = queued(here, sent_away(here), "email")
    assert (deliver(here), deliver(here)) == (1, 0)
    assert (box.recipients, fresh(sending).state) == ([AMINA], "sent")
    assert b"trombone" not in (box.messages[0].original_content or b"")


def test_whoever_wrote_it_is_told_what_became_of_it_and_finds_out(here: Side, box: Mailbox) -> None:
    box.to_message = lambda _to: HANG_UP
    proposal = sent_away(here)
    sending = queued(here, proposal, "email")
    deliver(here)
    assert (fresh(sending).state, deliver(here)) == ("in_doubt", 0)
    told = Notification.objects.get(kind="letter_in_doubt")
    officer = here.members[Role.OFFICER]
    assert (told.case_id, told.user_id, told.team_id) == (None, officer.user_id, officer.team_id)
    mail = compose(told)
    assert mail is not None
    assert mail.subject == (
        "Not known whether this letter went: not anti-social behaviour: who can help, "
        f"{proposal.report.reference}"
    )
    give_up(fresh(sending), went=True, reason="She has it", by=here.actor())
    assert fresh(sending).state == "sent"


def test_where_the_writer_has_left_the_managers_are_told(here: Side, box: Mailbox) -> None:
    box.to_message = lambda _to: "554 No"
    sending = queued(here, sent_away(here), "email")
    Membership.objects.filter(pk=here.members[Role.OFFICER].pk).update(is_active=False)
    deliver(here)
    told = Notification.objects.get(kind="letter_failed")
    assert (told.user_id, told.team_id) == (None, here.members[Role.OFFICER].team_id)
    assert fresh(sending).state == "failed"


def test_one_that_came_back_reached_nobody(here: Side, box: Mailbox) -> None:
    sending = queued(here, sent_away(here), "email")
    deliver(here)
    came_back(fresh(sending).message_id, "550 Nobody here", by=system("Tests"))
    assert fresh(sending).state == "bounced"
    assert happened() == ["letter_sent", "letter_came_back"]
    assert Notification.objects.filter(kind="letter_came_back").count() == 1


def test_a_way_that_is_not_safe_for_them_is_refused(here: Side) -> None:
    proposal = sent_away(here)
    Person.objects.filter(pk=reader_of(proposal).pk).update(safe_contact="call")
    with pytest.raises(Refused, match="Our safety rule"):
        queue(sealed(here, proposal), channel="email", by=here.actor())
    assert Sending.objects.count() == 0


def test_the_letter_box_of_whoever_is_complained_about_is_not_theirs_alone(here: Side) -> None:
    proposal = sent_away(here)
    Person.objects.filter(pk=reader_of(proposal).pk).update(address="18 Larkspur Court")
    proposal.report.refresh_from_db()
    reader_of(proposal).refresh_from_db()
    with pytest.raises(Refused, match="where the person complained about can read it"):
        queue(sealed(here, proposal), channel="post", by=here.actor())
    assert Sending.objects.count() == 0


def test_on_domestic_abuse_nothing_goes_to_somebody_nobody_has_asked(here: Side) -> None:
    proposal, by = secret(here), here.actor(Role.SPECIALIST)
    letter = sealed(here, proposal, role=Role.SPECIALIST)
    with pytest.raises(Refused, match="on domestic abuse Amina Larkspur is written to only in a way"):
        queue(letter, channel="post", by=by)
    assert Sending.objects.count() == 0
    assert queue(letter, channel="post", by=by, asked_this_way=True).state == "waiting"


@pytest.mark.parametrize(("role", "found"), [(Role.OFFICER, 0), (Role.SPECIALIST, 1), (Role.MANAGER, 1)])
def test_domestic_abuse_is_listed_counted_and_printed_by_those_who_deal_with_it(
    here: Side, pdf: bytes, role: Role, found: int
) -> None:
    sending = queued(here, secret(here), content=pdf, role=Role.SPECIALIST, asked_this_way=True)
    by = here.actor(role)
    assert count_outgoing(by=by)[Sort.POST] == found
    assert len(list_outgoing(Sort.POST, by=by, most=10)) == found
    if not found:
        with pytest.raises(Sending.DoesNotExist):
            one_outgoing(sending.letter.key, by=by)
        with pytest.raises(Refused, match="Choose at least one letter"):
            ask_for_batch([sending.pk], by=by)
        assert PrintBatch.objects.count() == 0
    batch = ask_for_batch([sending.pk], by=here.actor(Role.SPECIALIST))
    assert list(batches_for(by=by)) == ([batch] if found else [])


def test_a_batch_prints_letters_of_cases_and_of_reports_together(here: Side, pdf: bytes) -> None:
    proposal = sent_away(here)
    batch = made(here, [*on_the_case(here, pdf, range(1, 2)), queued(here, proposal, content=pdf)])
    assert (batch.state, inside_it(batch), pages_of(batch)) == (
        "ready",
        ["Reader 1", "Amina Larkspur"],
        3,  # each begins on a new sheet
    )
    assert list(batch.letters.order_by("place").values_list("reference", flat=True)) == [
        here.case.reference,
        proposal.report.reference,
    ]
    assert mark_batch_posted(batch, at=clock.now(), by=here.actor()).marked == 2
    assert [one.sending.state for one in again(batch).letters.select_related("sending")] == ["sent", "sent"]


def test_what_has_become_unsafe_is_not_printed_and_its_writer_is_told(here: Side, pdf: bytes) -> None:
    proposal = sent_away(here)
    sending = queued(here, proposal, content=pdf)
    batch = ask_for_batch([sending.pk], by=here.actor())
    Person.objects.filter(pk=reader_of(proposal).pk).update(safe_contact="email")
    make(here)
    assert (fresh(sending).state, again(batch).state) == ("failed", "failed")
    [told] = Notification.objects.filter(kind="letter_failed")
    assert told.user_id == here.members[Role.OFFICER].user_id


def test_the_relay_of_one_landlord_knows_nothing_of_another(world: World, box: Mailbox) -> None:
    with inside(world.here):
        sending = queued(world.here, sent_away(world.here), "email")
    with inside(world.there):
        assert (deliver(world.there), Sending.objects.count()) == (0, 0)
        assert count_outgoing(by=world.there.actor(Role.MANAGER)) == dict.fromkeys(Sort, 0)
    with inside(world.here):
        assert (deliver(world.here, NOON), fresh(sending).state) == (1, "sent")
