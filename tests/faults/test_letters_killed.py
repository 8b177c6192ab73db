"""However often its relay is killed, a letter is never sent twice and none is lost sight of."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from threading import Lock

import pytest

from asbcases.local.processes import until
from cases.models import Party, Person
from letters.models import Sending
from letters.outbox.relay import LEASE
from tests.factories.world import NOON, Side
from tests.faults.duties import chain_is_whole, of
from tests.faults.killing import PATIENCE, Workers, kill_at_random, workers
from tests.letters.outbox.sealed import queued
from tests.ports import LOOPBACK
from tests.timeline.mailbox import ACCEPTED, Mailbox, mailbox
from timeline.clock import clock_at
from timeline.models import Event, Notification

pytestmark = pytest.mark.slow

LETTERS = 200
KILLS = 20
SETTLED = {"sent", "failed", "in_doubt"}
LATER = NOON + LEASE + timedelta(minutes=1)
"""When what a killed relay left behind is found, and what was refused is offered again."""


def add_letters(side: Side, number: int = LETTERS) -> None:
    """To as many people, each with an address of their own."""
    with of(side.landlord.pk), clock_at(NOON):
        people = Person.objects.bulk_create(
            Person(landlord=side.landlord, name=f"Reader {n}", email=f"reader{n}@example.org")
            for n in range(number)
        )
        Party.objects.bulk_create(
            Party(landlord=side.landlord, case=side.case, person=one, role="complainant", since=NOON)
            for one in people
        )
        for one in people:
            queued(side, person=one)


def states(side: Side) -> Counter[str]:
    with of(side.landlord.pk):
        return Counter(Sending.objects.values_list("state", flat=True))


def ids(side: Side, *wanted: str) -> set[str]:
    with of(side.landlord.pk):
        return set(Sending.objects.filter(state__in=wanted).values_list("message_id", flat=True))


def ids_that_came(box: Mailbox) -> list[str]:
    contents = [envelope.original_content or b"" for envelope in box.messages]
    return [str(message_from_bytes(content)["Message-ID"]) for content in contents]


@contextmanager
def relays(side: Side, box: Mailbox, at: datetime, log: Path) -> Iterator[Workers]:
    server = {"EMAIL_HOST": LOOPBACK, "EMAIL_PORT": str(box.port)}
    with workers("letters", side.landlord.pk, at, log=log, **server) as started:
        yield started


def finish(side: Side, box: Mailbox, log: Path) -> None:
    """Nobody kills this one."""
    with relays(side, box, LATER, log) as last:
        last.start()
        until(lambda: set(states(side)) <= SETTLED, seconds=PATIENCE, what="the last relay", every=0.1)


def check_each_once(side: Side, box: Mailbox) -> None:
    """Nothing came twice; what is sent came; what came is sent or in doubt; each is on the timeline as it stands."""
    came = ids_that_came(box)
    assert [times for times in Counter(came).values() if times > 1] == []
    assert [times for times in Counter(box.recipients).values() if times > 1] == []
    assert ids(side, "sent") - set(came) == set()
    assert set(came) - ids(side, "sent", "in_doubt") == set()
    found = states(side)
    with of(side.landlord.pk):
        verbs = Counter(Event.objects.filter(verb__startswith="letter_").values_list("verb", flat=True))
        told = Counter(Notification.objects.filter(kind__startswith="letter_").values_list("kind", flat=True))
    assert verbs == +Counter({f"letter_{state}": number for state, number in found.items()})
    assert told == +Counter({"letter_in_doubt": found["in_doubt"], "letter_failed": found["failed"]})
    assert chain_is_whole(side)


class Assassin:
    """Kills the relay once the server has its message and before it has the answer, at every so many messages."""

    def __init__(self, every: int) -> None:
        self.every = every
        self.victim: int | None = None
        self._aiming = Lock()
        self.seen = 0
        self.killed = 0

    def aim(self, start: Callable[[], int]) -> None:
        """At whom this starts, whose first messages wait until it is known whom they come from."""
        with self._aiming:
            self.victim = start()

    def __call__(self, _to: str) -> str:
        with self._aiming:
            self.seen += 1
            if self.victim is not None and self.seen % self.every == 0:
                Workers.kill(self.victim)
                self.killed += 1
        return ACCEPTED


def test_relays_killed_between_acceptance_and_record_send_nothing_twice(side: Side, tmp_path: Path) -> None:
    add_letters(side)
    assassin = Assassin(LETTERS // KILLS // 2)
    with mailbox(to_message=assassin) as box:
        with relays(side, box, NOON, tmp_path / "relays.log") as killed:
            for number in range(1, KILLS + 1):
                assassin.aim(killed.start)
                until(lambda number=number: assassin.killed >= number, seconds=PATIENCE, what="a kill")  # type: ignore[misc]
            assassin.victim = None
            assert states(side)["taken"] == KILLS
            assert states(side)["waiting"] > 0, "the last kills came after the work was done"
        finish(side, box, tmp_path / "last.log")
    check_each_once(side, box)
    assert states(side) == Counter({"sent": LETTERS - KILLS, "in_doubt": KILLS})
    assert len(box.messages) == LETTERS, "each killed relay had handed its letter over"


def test_relays_killed_at_random_send_nothing_twice(side: Side, tmp_path: Path) -> None:
    add_letters(side)
    with mailbox() as box:
        with relays(side, box, NOON, tmp_path / "relays.log") as killed:
            kill_at_random(killed, kills=KILLS, work=LETTERS, progress=lambda: len(box.messages), seed=1121)
            assert states(side)["waiting"] > 0, "the last kills came after the work was done"
        finish(side, box, tmp_path / "last.log")
    check_each_once(side, box)
    found = states(side)
    assert (found.total(), found["failed"]) == (LETTERS, 0)
    assert found["in_doubt"] <= KILLS + 2, "a kill may leave one letter in doubt, the one being sent"


def test_a_server_that_goes_and_comes_back_loses_nothing(side: Side, tmp_path: Path) -> None:
    add_letters(side, 100)
    with mailbox() as box:
        with relays(side, box, NOON, tmp_path / "relays.log") as going:
            going.start()
            until(lambda: len(box.messages) >= 25, seconds=PATIENCE, what="the first letters", every=0.01)
            box.close()
            until(lambda: _nothing_due(side, NOON), seconds=PATIENCE, what="every refusal", every=0.1)
        cut_off = states(side)
        assert cut_off["waiting"] > 0, "the server went after the work was done"
        assert cut_off["in_doubt"] <= 1
        box.open()
        finish(side, box, tmp_path / "again.log")
    check_each_once(side, box)
    cut = cut_off["in_doubt"]
    assert states(side) == +Counter({"sent": 100 - cut, "in_doubt": cut})


def test_three_relays_at_once_send_each_letter_once(side: Side, tmp_path: Path) -> None:
    add_letters(side, 100)
    with mailbox() as box, relays(side, box, NOON, tmp_path / "relays.log") as at_work:
        for _ in range(3):
            at_work.start()
        until(lambda: set(states(side)) <= SETTLED, seconds=PATIENCE, what="every letter", every=0.1)
    check_each_once(side, box)
    assert states(side) == Counter({"sent": 100})


def _nothing_due(side: Side, at: datetime) -> bool:
    with of(side.landlord.pk):
        waiting = Sending.objects.filter(state="waiting", next_try_at__lte=at)
        return not waiting.exists() and not Sending.objects.filter(state="taken").exists()
