"""Letters are set in processes of their own: one that goes wrong takes nothing with it but itself."""

import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import LifoQueue
from types import TracebackType
from typing import IO, Self

from django.utils.translation import gettext as _

from letters.pdf.fonts import CONFIGURATION, ROOT
from letters.pdf.frames import IDLE, LARGEST, LENGTH, MADE, Printing, as_bytes, packed

TO_START = 60
"""Seconds."""
SOON_IDLE = IDLE - TO_START
ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "FONTCONFIG_FILE": str(CONFIGURATION),
}
"""All that such a process is told: neither keys nor where the database is."""


class CannotRender(Exception):
    """This letter cannot be made into a PDF; the message says why. Others can."""


class Printers:
    """So many processes that set letters, started when they are first needed; safe to be used by several threads.

    ``seconds`` and ``memory`` (bytes of address space) are for one letter. A process is replaced after
    ``letters_each``, so that nothing it forgets to give back adds up.
    """

    def __init__(
        self, processes: int = 1, *, seconds: int = 20, memory: int = 1_000_000_000, letters_each: int = 250
    ) -> None:
        self._processes, self._seconds = processes, seconds
        self._memory, self._letters_each = memory, letters_each
        self._free: LifoQueue[_Setter | None] = LifoQueue()
        for _number in range(processes):
            self._free.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes that are waiting. One that is at work ends after its letter."""
        for _number in range(self._processes):
            setter = self._free.get()
            if setter:
                setter.end()
            self._free.put(None)

    def render(self, printing: Printing) -> bytes:
        """Raises CannotRender, and starts afresh for the next."""
        setter = self._free.get()
        kept: _Setter | None = None
        try:
            kept = self._ready(setter)
            made = kept.made(as_bytes(printing), self._seconds)
        except BaseException:
            if kept:
                kept.end()
            self._free.put(None)
            raise
        self._free.put(kept)
        return _pdf(made)

    def render_many(self, printings: Iterable[Printing]) -> Iterator[bytes | CannotRender]:
        """In their order, each as it is ready; one that cannot be made is told in its place and stops no other.

        Only as many are taken ahead as keep every process busy.
        """
        waiting: deque[Future[bytes | CannotRender]] = deque()
        with ThreadPoolExecutor(self._processes) as threads:
            for printing in printings:
                waiting.append(threads.submit(self._attempt, printing))
                if len(waiting) > 2 * self._processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _attempt(self, printing: Printing) -> bytes | CannotRender:
        try:
            return self.render(printing)
        except CannotRender as why:
            return why

    def _ready(self, setter: "_Setter | None") -> "_Setter":
        if setter and setter.fresh() and setter.letters < self._letters_each:
            return setter
        if setter:
            setter.end()
        return _Setter(self._memory, self._seconds)


class _Setter:
    """One such process, seen from outside."""

    def __init__(self, memory: int, seconds: int) -> None:
        self.letters, self._used = 0, time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "letters.pdf.setter", str(memory), str(seconds)],
            cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            self._read(time.monotonic() + TO_START)
        except CannotRender:
            self.end()
            raise CannotRender(_does_not_start()) from None
        except BaseException:
            self.end()
            raise

    def fresh(self) -> bool:
        """Whether it is there and not about to end because it waited for long."""
        return self._process.poll() is None and time.monotonic() - self._used < SOON_IDLE

    def made(self, asked: bytes, seconds: int) -> bytes:
        """What it answers to this letter. Raises CannotRender where it dies or takes longer."""
        self.letters, self._used = self.letters + 1, time.monotonic()
        try:
            self._pipe(self._process.stdin).write(packed(asked))
            self._pipe(self._process.stdin).flush()
        except BrokenPipeError:
            raise CannotRender(_died()) from None
        return self._read(time.monotonic() + seconds)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            _close(self._pipe(pipe))

    def _read(self, until: float) -> bytes:
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size, until))
        if length > LARGEST:
            raise CannotRender(_("This letter cannot be made: it is too large."))
        return self._exactly(length, until)

    def _exactly(self, size: int, until: float) -> bytes:
        out, found = self._pipe(self._process.stdout).fileno(), bytearray()
        with selectors.DefaultSelector() as ready:
            ready.register(out, selectors.EVENT_READ)
            while len(found) < size:
                if not ready.select(max(0.0, until - time.monotonic())):
                    raise CannotRender(_("This letter cannot be made: it takes too long. Make it shorter."))
                part = os.read(out, size - len(found))
                if not part:
                    raise CannotRender(_died())
                found += part
        return bytes(found)

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


def _close(pipe: IO[bytes]) -> None:
    """What was still to be written to a process that is gone cannot be."""
    try:
        pipe.close()
    except BrokenPipeError:
        return


def _does_not_start() -> str:
    return _(
        "Letters cannot be made at the moment: what sets them does not start. Tell whoever runs this system."
    )


def _died() -> str:
    return _("This letter cannot be made: it needs more memory than a letter may. Make it shorter.")


def _pdf(answer: bytes) -> bytes:
    if answer[:1] == MADE:
        return answer[1:]
    raise CannotRender(
        _("This letter cannot be made: %(why)s") % {"why": answer[1:].decode(errors="replace")}
    )


_shared: tuple[int, Printers] | None = None


def shared() -> Printers:
    """The one printer of this process, for a letter now and then; a forked process has its own."""
    global _shared  # it belongs to the process, as the pipes do that it holds
    if _shared is None or _shared[0] != os.getpid():
        _shared = (os.getpid(), Printers(1))
    return _shared[1]
