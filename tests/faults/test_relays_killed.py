"""E-mail goes at most once, and what became of each is known (decision 17)."""

from collections import Counter
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from asbcases.local.processes import until
from tests.factories.world import NOON, Side
from tests.faults.duties import of
from tests.faults.killing import PATIENCE, Workers, kill_at_random, workers
from tests.faults.nursery import KIND
from tests.ports import LOOPBACK
from tests.timeline.mailbox import Mailbox, mailbox
from timeline.models import EmailState, Notification
from timeline.outbox import LEASE

pytestmark = pytest.mark.slow

MAILS = 600
KILLS = 30
SETTLED = {EmailState.SENT, EmailState.FAILED, EmailState.IN_DOUBT}
LATER = NOON + timedelta(minutes=2)
"""When what the server refused or could not be offered is tried again."""


def add_mails(side: Side, number: int) -> None:
    with of(side.landlord.pk):
        Notification.objects.bulk_create(
            Notification(
                landlord=side.landlord, once_key=f"fault:{n}", kind=KIND, created_at=NOON, email_next_at=NOON
            )
            for n in range(number)
        )


def states(side: Side) -> Counter[str]:
    with of(side.landlord.pk):
        return Counter(Notification.objects.filter(kind=KIND).values_list("email_state", flat=True))


def addresses(side: Side, state: EmailState) -> set[str]:
    with of(side.landlord.pk):
        keys = Notification.objects.filter(kind=KIND, email_state=state).values_list("key", flat=True)
        return {f"{key}@example.org" for key in keys}


def relays(side: Side, box: Mailbox, at: datetime, log: Path) -> AbstractContextManager[Workers]:
    server = {"EMAIL_HOST": LOOPBACK, "EMAIL_PORT": str(box.port)}
    return workers("deliver", side.landlord.pk, at, log=log, **server)


def check_each_once(side: Side, box: Mailbox) -> None:
    """Nothing came twice; what is sent came; what came and is not sent is in doubt."""
    came = Counter(box.recipients)
    assert [address for address, times in came.items() if times > 1] == []
    sent, in_doubt = addresses(side, EmailState.SENT), addresses(side, EmailState.IN_DOUBT)
    assert sent - set(came) == set()
    assert set(came) - sent - in_doubt == set()
    ids = [message_from_bytes(envelope.original_content or b"")["Message-ID"] for envelope in box.messages]
    assert len(set(ids)) == len(ids)


def test_relays_killed_at_random_send_nothing_twice(side: Side, tmp_path: Path) -> None:
    add_mails(side, MAILS)
    with mailbox() as box:
        with relays(side, box, NOON, tmp_path / "relays.log") as killed:
            kill_at_random(killed, kills=KILLS, work=MAILS, progress=lambda: len(box.messages), seed=1118)
            assert states(side)[EmailState.WAITING] > 0, "the last kills came after the work was done"
            until(
                lambda: EmailState.WAITING not in states(side), seconds=PATIENCE, what="the rest", every=0.2
            )
        with relays(side, box, NOON + LEASE + timedelta(minutes=1), tmp_path / "last.log") as last:
            last.start()
            until(lambda: set(states(side)) <= SETTLED, seconds=PATIENCE, what="the last relay")
    check_each_once(side, box)
    found = states(side)
    assert found.total() == MAILS
    assert found[EmailState.FAILED] == 0
    assert found[EmailState.IN_DOUBT] <= KILLS + 2, "a kill may leave one mail in doubt, the one being sent"


def test_a_mail_server_that_goes_and_comes_back_loses_nothing(side: Side, tmp_path: Path) -> None:
    add_mails(side, 200)
    with mailbox() as box:
        with relays(side, box, NOON, tmp_path / "relays.log") as going:
            going.start()
            until(lambda: len(box.messages) >= 50, seconds=PATIENCE, what="the first mails")
            box.close()
            until(lambda: _nothing_due(side, NOON), seconds=PATIENCE, what="every refusal", every=0.1)
        cut_off = states(side)
        assert cut_off[EmailState.WAITING] > 0, "the server went after the work was done"
        assert cut_off[EmailState.IN_DOUBT] <= 1
        box.open()
        with relays(side, box, LATER, tmp_path / "again.log") as again:
            again.start()
            until(lambda: set(states(side)) <= SETTLED, seconds=PATIENCE, what="the rest", every=0.1)
    check_each_once(side, box)
    cut = cut_off[EmailState.IN_DOUBT]
    assert states(side) == +Counter({EmailState.SENT.value: 200 - cut, EmailState.IN_DOUBT.value: cut})


def _nothing_due(side: Side, at: datetime) -> bool:
    with of(side.landlord.pk):
        mails = Notification.objects.filter(kind=KIND)
        waiting = mails.filter(email_state=EmailState.WAITING, email_next_at__lte=at)
        return not waiting.exists() and not mails.filter(email_state=EmailState.SENDING).exists()
