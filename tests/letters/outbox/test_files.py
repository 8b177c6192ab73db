"""On one's own machine messages are kept as files, each once."""

import email
import email.policy
from pathlib import Path

from pytest_django.fixtures import Settings

from asbcases.desk.mail import _read
from letters.outbox.files import EmailFile, TextFile
from letters.outbox.providers import Outcome, Parcel, Taken
from tests.factories.world import NOON, Side
from tests.letters.outbox.sealed import PDF, deliver, fresh, queued
from timeline.clock import clock_at

LETTER = Parcel(
    "<7@s.example>", "amina@example.org", "Näme", "VIVID", "us@vivid.example", "Hello", PDF, "a.pdf"
)
ACCEPTED = Taken(Outcome.ACCEPTED, "kept as a file")


def test_an_email_is_kept_once_and_can_be_read(kept: Path) -> None:
    with clock_at(NOON):
        assert [EmailFile().send(LETTER) for _ in range(2)] == [ACCEPTED] * 2
    [file] = kept.iterdir()
    assert file.name == "20261116T120000.000000Z-7.eml"
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert [part.get_content() for part in message.iter_attachments()] == [PDF]
    assert _read(file) == {
        "to": "amina@example.org",
        "subject": "Hello",
        "date": "Mon, 16 Nov 2026 12:00:00 +0000",
        "text": "Näme\r\n",
    }


def test_a_text_message_is_kept_with_its_number(here: Side, kept: Path) -> None:
    sending = queued(here, "text", words="Ring us, {{ name }} 😀")
    deliver(here)
    [file] = kept.iterdir()
    id_ = fresh(sending).message_id
    assert file.read_text() == (
        f"To: 07700900123\nFrom: VIVID\nMessage-ID: {id_}\n\nAbout your report\n\nRing us, {{{{ name }}}} 😀\n"
    )
    assert TextFile().send(Parcel(id_, "07700900123", "Again", "VIVID")) == ACCEPTED
    assert len(list(kept.iterdir())) == 1


def test_the_default_on_ones_own_machine(settings: Settings) -> None:
    assert settings.LETTER_PROVIDERS == {
        "email": "letters.outbox.files.EmailFile",
        "text": "letters.outbox.files.TextFile",
    }
