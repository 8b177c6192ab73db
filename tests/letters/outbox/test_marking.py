"""What a named person says became of a letter: posted, handed over, found out, come back."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.models import Person
from landlords.permissions import Refused, Role
from letters.models import Sending
from letters.outbox.services import came_back, give_up, mark_handed_over, mark_posted, withdraw
from tests.factories.world import MONDAY, NOON, Side, World
from tests.letters.outbox.sealed import deliver, fresh, happened, inside, queued, told
from tests.timeline.mailbox import HANG_UP, Mailbox, accept
from timeline.actors import system
from timeline.clock import clock_at
from timeline.models import Event, EventText

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GONE = "This letter does not wait for that. Open it again to see what became of it."
POSTMASTER = system("Tests")


@pytest.fixture
def post(here: Side) -> Sending:
    Person.objects.filter(pk=here.complainant.pk).update(address="7 Example Road, ZZ1 1ZZ")
    return queued(here, "post", person=Person.objects.get(pk=here.complainant.pk))


def refused(sending: Sending, do: Callable[[], object]) -> list[str]:
    """Every reason; and that nothing happened."""
    before = Sending.objects.filter(pk=sending.pk).values().get(), Event.objects.count()
    with pytest.raises(Refused) as caught:
        do()
    assert (Sending.objects.filter(pk=sending.pk).values().get(), Event.objects.count()) == before
    return caught.value.reasons


def in_doubt(side: Side, box: Mailbox, **changes: Any) -> Sending:
    box.to_message = lambda _to: HANG_UP
    sending = queued(side, **changes)
    deliver(side)
    box.to_message = accept
    return fresh(sending)


def test_a_named_person_marks_it_posted(here: Side, post: Sending) -> None:
    with clock_at(NOON + 3 * HOUR):
        mark_posted(post, at=NOON + HOUR, by=here.actor())
    sent = fresh(post)
    assert (sent.state, sent.sent_at, sent.marked_by) == ("sent", NOON + HOUR, "Officer Larkspur")
    event = Event.objects.get(verb="letter_sent")
    assert (event.payload, event.occurred_at) == (
        {"kind": "Update", "to": "Complainant", "how": "Post"},
        NOON + HOUR,
    )
    assert EventText.objects.get(event=event).text == "Amina Larkspur\n7 Example Road\nZZ1 1ZZ"


def test_posted_days_ago_says_why_it_is_entered_late(here: Side, post: Sending) -> None:
    with clock_at(NOON + 2 * DAY):
        assert refused(post, lambda: mark_posted(post, at=NOON, by=here.actor())) == [
            "It happened more than a day ago. Say why it is entered late."
        ]
        mark_posted(post, at=NOON, by=here.actor(), late_reason="The network was down")
    assert fresh(post).result == "Entered late: The network was down"


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"at": NOON + HOUR}, ["The date and time cannot be in the future."]),
        ({"at": MONDAY}, ["It cannot have gone before it was made."]),
    ],
)
def test_a_moment_that_cannot_be(
    here: Side, post: Sending, changes: dict[str, Any], reasons: list[str]
) -> None:
    assert refused(post, lambda: mark_posted(post, **changes, by=here.actor())) == reasons


def test_it_is_posted_once_and_only_what_waits_for_the_post(here: Side, post: Sending) -> None:
    mail, hand = queued(here), queued(here, "hand")
    mark_posted(post, at=NOON, by=here.actor())
    for one in (post, mail, hand):
        assert refused(one, lambda one=one: mark_posted(one, at=NOON, by=here.actor())) == [GONE]  # type: ignore[misc]
    assert refused(mail, lambda: mark_handed_over(mail, at=NOON, by=here.actor())) == [GONE]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR])
def test_not_everybody_may_say_so(here: Side, post: Sending, role: str) -> None:
    assert len(refused(post, lambda: mark_posted(post, at=NOON, by=here.actor(role)))) == 1
    assert refused(post, lambda: mark_posted(post, at=NOON, by=POSTMASTER)) == ["Only a person can say this."]


def test_handed_over_at_the_office_or_on_a_visit(here: Side) -> None:
    office, visit, nowhere = (queued(here, "hand") for _ in range(3))
    mark_handed_over(office, at=NOON, by=here.actor())
    mark_handed_over(visit, at=NOON, by=here.actor(), where="visit")
    assert [(fresh(one).state, fresh(one).result) for one in (office, visit)] == [
        ("sent", "At our office"),
        ("sent", "Visit"),
    ]
    assert refused(
        nowhere, lambda: mark_handed_over(nowhere, at=NOON, by=here.actor(), where="telephone")
    ) == ["Say whether it was handed over at our office or on a visit."]


def test_a_visit_to_somebody_for_whom_it_is_not_safe(here: Side) -> None:
    Person.objects.filter(pk=here.complainant.pk).update(safe_contact="call")
    sending = queued(here, "hand", person=Person.objects.get(pk=here.complainant.pk))
    assert refused(sending, lambda: mark_handed_over(sending, at=NOON, by=here.actor(), where="visit")) == [
        "Our safety rule: Amina Larkspur is written to only in the way that is safe for them (call only)."
    ]
    mark_handed_over(sending, at=NOON, by=here.actor(), where="visit", asked_this_way=True)
    assert (fresh(sending).state, fresh(sending).asked_this_way) == ("sent", True)


def test_somebody_finds_out_that_it_went(here: Side, box: Mailbox) -> None:
    sending = in_doubt(here, box)
    with clock_at(NOON + 2 * DAY):
        give_up(sending, went=True, reason="She rang and thanked us", by=here.actor())
    sent = fresh(sending)
    assert (sent.state, sent.sent_at, sent.marked_by) == ("sent", NOON, "Officer Larkspur")
    assert sent.result == "She rang and thanked us"
    assert happened() == ["letter_in_doubt", "letter_sent"]
    assert deliver(here, NOON + 3 * DAY) == 0
    assert len(box.messages) == 1


def test_somebody_finds_out_that_it_did_not_go(here: Side, box: Mailbox) -> None:
    sending = in_doubt(here, box)
    give_up(sending, went=False, reason="The server has no trace of it", by=here.actor())
    given_up = fresh(sending)
    assert (given_up.state, given_up.sent_at, given_up.marked_by) == ("failed", None, "Officer Larkspur")
    assert (happened(), told()) == (["letter_in_doubt", "letter_failed"], [("letter_in_doubt", None)])
    assert deliver(here, NOON + DAY) == 0
    assert refused(sending, lambda: give_up(sending, went=True, reason="Oh", by=here.actor())) == [
        "There is nothing to find out about this letter."
    ]


def test_what_failed_is_noted_and_did_not_go(here: Side, box: Mailbox) -> None:
    box.to_recipient = lambda _to: "550 No such person"
    sending = queued(here)
    deliver(here)
    assert refused(sending, lambda: give_up(sending, went=True, reason="Hope", by=here.actor())) == [
        "This one has certainly not reached them."
    ]
    assert refused(sending, lambda: give_up(sending, went=False, reason=" ", by=here.actor())) == [
        "Say how you know."
    ]
    give_up(sending, went=False, reason="Rang instead", by=here.actor())
    assert (fresh(sending).marked_by, fresh(sending).result) == ("Officer Larkspur", "Rang instead")


def test_nothing_is_found_out_about_what_waits_or_went(here: Side, box: Mailbox) -> None:
    went = queued(here)
    deliver(here)
    for one in (went, queued(here)):
        found_out = lambda one=one: give_up(one, went=True, reason="So", by=here.actor())  # noqa: E731
        assert refused(one, found_out) == ["There is nothing to find out about this letter."]


def test_what_waits_can_be_stopped(here: Side, post: Sending, box: Mailbox) -> None:
    mail = queued(here)
    for one in (post, mail):
        withdraw(one, reason=" She has moved ", by=here.actor())
    stopped = [(one.state, one.result, one.marked_by) for one in map(fresh, (post, mail))]
    assert stopped == [("failed", "She has moved", "Officer Larkspur")] * 2
    assert (deliver(here, NOON + DAY), box.messages, told()) == (0, [], [])
    assert happened() == ["letter_failed"] * 2


def test_what_does_not_wait_cannot_be_stopped(here: Side, post: Sending, box: Mailbox) -> None:
    assert refused(post, lambda: withdraw(post, reason=" ", by=here.actor())) == ["Say why it does not go."]
    went, doubtful = queued(here), in_doubt(here, box)
    taken = queued(here)
    Sending.objects.filter(pk=taken.pk).update(state="taken")
    for one in (went, doubtful, taken):
        assert refused(one, lambda one=one: withdraw(one, reason="Moved", by=here.actor())) == [  # type: ignore[misc]
            "This letter does not wait any more. Open it again to see what became of it."
        ]
    assert len(refused(post, lambda: withdraw(post, reason="Moved", by=here.actor(Role.AUDITOR)))) == 1
    assert refused(post, lambda: withdraw(post, reason="Moved", by=POSTMASTER)) == [
        "Only a person can say this."
    ]


def test_an_email_that_came_back(here: Side, box: Mailbox) -> None:
    sending = queued(here)
    deliver(here)
    id_ = fresh(sending).message_id
    with clock_at(NOON + HOUR):
        came_back(id_, "550 Mailbox full", by=POSTMASTER)
        came_back(f" {id_} ", "550 Mailbox full", by=POSTMASTER)
    back = fresh(sending)
    assert (back.state, back.sent_at, back.result) == ("bounced", NOON, "550 Mailbox full")
    assert (happened(), told()) == (["letter_sent", "letter_came_back"], [("letter_came_back", None)])
    give_up(sending, went=False, reason="Posted another", by=here.actor())
    assert fresh(sending).marked_by == "Officer Larkspur"


@pytest.mark.parametrize("id_", ["", " ", "<nobody@sender.example>"])
def test_an_id_that_no_letter_has(here: Side, id_: str) -> None:
    sending = queued(here)
    reasons = refused(sending, lambda: came_back(id_, "Full", by=POSTMASTER))
    assert reasons == ["No letter was sent with this Message-ID."]


def test_the_command_finds_the_landlord_by_the_id(world: World, box: Mailbox) -> None:
    with inside(world.there) as there:
        sending = queued(there)
        deliver(there)
        id_ = fresh(sending).message_id
    out = StringIO()
    call_command("letter_came_back", id_, "550 Mailbox full", stdout=out)
    assert out.getvalue() == "Derby Homes: recorded\n"
    with inside(world.there):
        assert fresh(sending).state == "bounced"
    for unknown in ("", "<nobody@sender.example>"):
        with pytest.raises(CommandError, match="no letter was sent"):
            call_command("letter_came_back", unknown, "Full")
