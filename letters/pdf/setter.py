"""The process that sets letters: ``python -m letters.pdf.setter <bytes of memory> <seconds for a letter>``.

It has no secrets, no database and nothing else to do: it reads a letter, writes a PDF and waits for the next, and
ends when nobody has asked for a while. Whoever started it kills it where it takes too long.
"""

import os
import resource
import select
import signal
import sys
from collections.abc import Iterator
from typing import BinaryIO

OPEN_FILES = 64
GRACE = 5
"""Seconds beyond its limit after which a letter ends the process even if nobody is left to kill it."""
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "shutil.",
)


def main() -> None:
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    _limit(memory)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand between two PDFs
    from letters.pdf.frames import MADE, packed
    from letters.pdf.render import to_pdf

    to_pdf("<p>Ready</p>", title="Ready")
    _lock()
    _write(out, packed(MADE))
    for content in _asked(sys.stdin.buffer):
        signal.alarm(seconds + GRACE)
        _write(out, packed(_answer(content)))
        signal.alarm(0)


def _answer(content: bytes) -> bytes:
    """A refused address is no Exception; what runs out of memory ends the process, which is then not to be trusted."""
    from weasyprint.urls import FatalURLFetchingError

    from letters.pdf.frames import MADE, REFUSED, from_bytes
    from letters.pdf.render import to_pdf

    asked = from_bytes(content)
    try:
        made = to_pdf(
            asked.html, title=asked.title, language=asked.language, colours=asked.colours, logo=asked.logo
        )
    except MemoryError:
        os._exit(1)
    except (Exception, FatalURLFetchingError) as why:
        return REFUSED + f"{type(why).__name__}: {why}"[:500].encode()
    return MADE + made


def _asked(source: BinaryIO) -> Iterator[bytes]:
    from letters.pdf.frames import IDLE, LENGTH

    while select.select([source], [], [], IDLE)[0]:
        length = source.read(LENGTH.size)
        if len(length) < LENGTH.size:
            return
        yield source.read(LENGTH.unpack(length)[0])


def _write(out: BinaryIO, content: bytes) -> None:
    out.write(content)
    out.flush()


def _limit(memory: int) -> None:
    """No more memory than this, no files written, no core left behind that would hold somebody's letter."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(what, (most, most))


def _lock() -> None:
    """From here on nothing is connected to, started or opened but what Python and the typefaces themselves need."""
    from letters.pdf.fonts import FONTS

    readable = tuple(os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, FONTS))

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(FORBIDDEN) or (event == "open" and not _may_open(arguments, readable)):
            raise PermissionError(f"not while a letter is made: {event} {arguments[:1]}")

    sys.addaudithook(watch)


def _may_open(arguments: tuple[object, ...], readable: tuple[str, ...]) -> bool:
    """By where the path really leads, so that neither ``..`` nor a link leads out. ``readable`` are real folders."""
    path, mode = arguments[0], arguments[1]
    if not isinstance(path, str) or mode not in (None, "r", "rb"):
        return False
    real = os.path.realpath(path)
    return any(os.path.commonpath((real, folder)) == folder for folder in readable)


if __name__ == "__main__":
    main()
