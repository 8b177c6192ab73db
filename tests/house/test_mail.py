"""The mail server of one's own machine."""

from __future__ import annotations

import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.house.conftest import ROOT

pytestmark = pytest.mark.slow
GOING = 60  # seconds


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        sink = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "asbcases.local.mail",
                "--socket",
                str(number),
                "--folder",
                str(tmp_path / "mail"),
            ],
            cwd=ROOT,
            pass_fds=[number],
        )
        yield listening.getsockname()[1]
        sink.terminate()
        assert sink.wait(GOING) == 0


def test_a_message_is_kept_as_it_came_and_goes_nowhere(port: int, tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "desk@example.org",
        "officer@example.org",
        "A promise is due",
    )
    message.set_content("Répondez by the end of Friday.\n")
    with smtplib.SMTP("127.0.0.1", port, timeout=GOING) as client:
        client.send_message(message)
    kept = list((tmp_path / "mail").iterdir())
    assert [file.suffix for file in kept] == [".eml"]
    assert kept[0].read_bytes().replace(b"\r\n", b"\n") == message.as_bytes()
    assert (tmp_path / "mail").stat().st_mode & 0o777 == 0o700
