"""Nothing leaves this machine: e-mail is kept in a folder of the test."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> Path:
    settings.LETTERS_KEPT = tmp_path / "kept"
    settings.LETTER_PROVIDERS = {
        "email": "letters.outbox.files.EmailFile",
        "text": "letters.outbox.files.TextFile",
    }
    return tmp_path / "kept"
