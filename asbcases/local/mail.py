"""A mail server that keeps every message as a file and sends none on, for one's own machine."""

from __future__ import annotations

import argparse
import asyncio
import signal
import socket
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 10 * 1024 * 1024  # bytes


class Keep:
    """Writes each message to a file named by the instant it came in, so that names sort by time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """aiosmtpd's own name for "a message has arrived"."""
        came_in = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        draft = self.folder / f".{came_in}-{next(self.numbers)}.eml"
        draft.write_bytes(envelope.original_content or b"")
        draft.rename(draft.with_name(draft.name.removeprefix(".")))
        return "250 Kept"


async def serve(listening: socket.socket, folder: Path) -> None:
    """Take mail on a socket that already listens, until told to stop."""
    folder.mkdir(mode=0o700, exist_ok=True)
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    keep = Keep(folder)
    server = await loop.create_server(lambda: SMTP(keep, data_size_limit=LARGEST, loop=loop), sock=listening)
    await told.wait()
    server.close()


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--socket", type=int, required=True, help="number of an open, listening socket")
    arguments.add_argument("--folder", type=Path, required=True)
    given = arguments.parse_args()
    asyncio.run(serve(socket.socket(fileno=given.socket), given.folder))


if __name__ == "__main__":
    main()
