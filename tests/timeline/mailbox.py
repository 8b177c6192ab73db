"""A real mail server on this machine that can be told to refuse, to hang up, and to be away."""

from asyncio import WriteTransport
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import LOOPBACK, port_of, taken_port

ACCEPTED = "250 Kept"
PATIENCE = 60.0  # seconds; a busy machine takes its time
HANG_UP = "hang up"
"""In place of an answer: the server closes the connection without giving one."""

Answer = Callable[[str], str]


def accept(_address: str) -> str:
    return ACCEPTED


class Mailbox:
    """``messages`` are those the server has taken, whatever it answered. The callables are asked each time."""

    def __init__(self, *, to_recipient: Answer = accept, to_message: Answer = accept) -> None:
        self.messages: list[Envelope] = []
        self.to_recipient = to_recipient
        self.to_message = to_message
        self._place = taken_port()
        self.port = port_of(self._place)
        self._controller: Controller | None = None

    async def handle_RCPT(  # noqa: N802  (the mail library's own name, as below)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.to_recipient(address)
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return self._give(answer, server)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.to_message(envelope.rcpt_tos[0])
        if answer in (ACCEPTED, HANG_UP):
            self.messages.append(envelope)
        return self._give(answer, server)

    @staticmethod
    def _give(answer: str, server: SMTP) -> str:
        if answer == HANG_UP and isinstance(server.transport, WriteTransport):
            server.transport.abort()
        return answer

    @property
    def recipients(self) -> list[str]:
        """To whom each message the server has taken went, in order."""
        return [address for envelope in self.messages for address in envelope.rcpt_tos]

    def open(self) -> None:
        self._controller = Controller(self, hostname=LOOPBACK, port=self.port, ready_timeout=PATIENCE)
        self._controller.start()

    def close(self) -> None:
        """Go away: from now on nobody listens, and what was connected is cut off. The port stays ours."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def give_up(self) -> None:
        """Close for good."""
        self.close()
        self._place.close()


@contextmanager
def mailbox(*, to_recipient: Answer = accept, to_message: Answer = accept) -> Iterator[Mailbox]:
    """An open mailbox."""
    box = Mailbox(to_recipient=to_recipient, to_message=to_message)
    try:
        box.open()
        yield box
    finally:
        box.give_up()
