"""Letters are set in processes of their own, within limits, and one that goes wrong stops no other."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from letters.composing.document import Document, Table
from letters.pdf.fonts import ROOT
from letters.pdf.frames import Printing
from letters.pdf.setter import _may_open
from letters.pdf.workers import ENVIRONMENT, CannotRender, Printers, shared
from tests.letters.pdf.reading import opened
from tests.letters.pdf.samples import PLAN, items, letter, paragraph, printing

ENDLESS = letter(*(paragraph("word " * 100) for _number in range(8_000)))


def _children() -> list[int]:
    """The processes that set letters for this one."""
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True
    )
    return [int(line.split()[0]) for line in found.stdout.splitlines() if "letters.pdf.setter" in line]


def _started(run: Callable[[], object]) -> list[int]:
    before = _children()
    run()
    return [pid for pid in _children() if pid not in before]


@pytest.mark.parametrize(
    "document",
    [
        letter(paragraph("word " * 20_000)),
        letter(*(paragraph("word " * 100) for _number in range(200))),
        letter(paragraph("w" * 100_000)),
        letter(paragraph("مرحبا بكم " * 10_000)),
        letter(paragraph("😀🇬🇧 王 " * 10_000)),
        letter(Table(("A",), (("word " * 20_000,),))),
        letter(items(*["item " * 20] * 1_000)),
        Document("S" * 10_000, ("A" * 10_000,), ()),
    ],
    ids=[
        "one paragraph",
        "many",
        "one word",
        "right to left",
        "emoji",
        "one cell",
        "a list",
        "subject and address",
    ],
)
def test_a_hundred_kilobytes_of_text_are_printed(printers: Printers, document: Document) -> None:
    with opened(printers.render(printing(document))) as pdf:
        assert len(pdf.pages) > 2


def test_a_letter_that_takes_too_long_is_refused_and_the_next_is_made() -> None:
    with Printers(1, seconds=3) as pool:
        with pytest.raises(
            CannotRender, match=r"^This letter cannot be made: it takes too long\. Make it shorter\.$"
        ):
            pool.render(printing(ENDLESS))
        pool._seconds = 60  # for one that is short on a busy machine
        assert pool.render(printing(letter(paragraph("short")))).startswith(b"%PDF")


def test_a_letter_that_needs_too_much_memory_is_refused_and_the_next_is_made() -> None:
    with Printers(1, seconds=120, memory=300_000_000) as pool:
        with pytest.raises(CannotRender, match="it needs more memory than a letter may"):
            pool.render(replace(printing(), html="<p>" + "x" * 40_000_000))
        assert pool.render(printing()).startswith(b"%PDF")


def test_a_process_that_is_killed_costs_one_letter_at_most() -> None:
    with Printers(1, seconds=60) as pool:
        (pid,) = _started(lambda: pool.render(printing()))
        os.kill(pid, signal.SIGKILL)
        _until(lambda: pid not in _running(pid))
        assert pool.render(printing()).startswith(b"%PDF")


def _running(pid: int) -> list[int]:
    """Dead ones that nobody has waited for yet are not running."""
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return [] if state == "Z" else [pid]


def _until(there: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not there():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_one_that_does_not_start_is_told() -> None:
    with Printers(1, memory=30_000_000) as pool, pytest.raises(CannotRender, match="does not start"):
        pool.render(printing())


def test_many_come_in_their_order_and_one_that_cannot_be_made_in_its_place() -> None:
    letters = [printing(replace(PLAN, subject=f"Letter {number}")) for number in range(6)]
    letters[2] = replace(letters[2], html='<img src="file:///etc/passwd">')
    with Printers(2, seconds=60) as pool:
        made = list(pool.render_many(letters))
        assert _titles(made) == ["Letter 0", "Letter 1", "CannotRender", "Letter 3", "Letter 4", "Letter 5"]


def _titles(made: list[bytes | CannotRender]) -> list[str]:
    return [type(one).__name__ if isinstance(one, CannotRender) else _title(one) for one in made]


def _title(made: bytes) -> str:
    with opened(made) as pdf:
        return str(pdf.docinfo.Title)


def test_no_more_are_taken_ahead_than_keep_it_busy() -> None:
    taken: list[int] = []

    def some() -> Iterator[Printing]:
        for number in range(10):
            taken.append(number)
            yield printing()

    with Printers(1, seconds=60) as pool:
        made = pool.render_many(some())
        next(made)
        assert taken == [0, 1, 2]


def test_a_process_is_replaced_after_its_letters() -> None:
    others, used = set(_children()), []
    with Printers(1, seconds=60, letters_each=2) as pool:
        for _number in range(3):
            pool.render(printing())
            used.append(set(_children()) - others)
    assert [len(pids) for pids in used] == [1, 1, 1]
    assert used[0] == used[1] != used[2]


def test_closing_ends_them() -> None:
    with Printers(1, seconds=60) as pool:
        (pid,) = _started(lambda: pool.render(printing()))
    assert pid not in _children()


def test_one_that_nobody_asks_any_more_ends_by_itself() -> None:
    """When whoever started it is gone, its input is closed."""
    setter = subprocess.Popen(
        [sys.executable, "-m", "letters.pdf.setter", "1000000000", "20"],
        cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert setter.communicate(timeout=60)[0] == b"\x00\x00\x00\x01+"
    assert setter.returncode == 0


def test_a_path_is_opened_by_where_it_leads(tmp_path: Path) -> None:
    """Only what lies in a folder that may be read; neither beside it, nor by ``..``, nor by a link out of it."""
    fonts, beside = tmp_path / "fonts", tmp_path / "fonts-of-others"
    fonts.mkdir()
    beside.mkdir()
    for folder in (fonts, beside):
        (folder / "a.ttf").write_bytes(b"a typeface")
    (fonts / "out").symlink_to(beside / "a.ttf")
    (beside / "in").symlink_to(fonts / "a.ttf")
    asked = {
        str(fonts / "a.ttf"): True,
        str(beside / "in"): True,
        str(beside / "a.ttf"): False,
        str(fonts / "out"): False,
        f"{fonts}/../fonts-of-others/a.ttf": False,
    }
    assert {path: _may_open((path, "rb"), (str(fonts),)) for path in asked} == asked
    assert not _may_open((str(fonts / "a.ttf"), "wb"), (str(fonts),))
    assert not _may_open((3, "rb"), (str(fonts),))


def test_they_are_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not to be told")
    with Printers(1, seconds=60) as pool:
        (pid,) = _started(lambda: pool.render(printing()))
        told = Path(f"/proc/{pid}/environ").read_text().rstrip("\0").split("\0")
    assert sorted(line.partition("=")[0] for line in told) == sorted(ENVIRONMENT)


def test_a_process_shares_one_printer() -> None:
    first = shared()
    assert shared() is first
    assert first.render(printing()).startswith(b"%PDF")
    first.close()
