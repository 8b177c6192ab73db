"""A real mail server on this machine, and a folder for what is kept as files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.ports import LOOPBACK
from tests.timeline.mailbox import PATIENCE, Mailbox, mailbox


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> Path:
    settings.LETTERS_KEPT = tmp_path / "kept"
    return tmp_path / "kept"


@pytest.fixture
def box(settings: Settings) -> Iterator[Mailbox]:
    with mailbox() as opened:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = LOOPBACK, opened.port, PATIENCE
        settings.DEFAULT_FROM_EMAIL = "ASB cases <letters@sender.example>"
        settings.LETTER_PROVIDERS = {**settings.LETTER_PROVIDERS, "email": "letters.outbox.smtp.Smtp"}
        yield opened
