"""Letters become PDFs: one while an officer waits, a day's post on both cores, and thousands without growing."""

import os
import re
from itertools import repeat
from pathlib import Path
from statistics import median

from bench.table import Line, seconds, timed_ms
from letters.composing.document import Document, Heading, Paragraph, Run
from letters.pdf.drawing import draw
from letters.pdf.frames import Printing
from letters.pdf.look import Look
from letters.pdf.workers import Printers

BATCH = 200
SETTLED = 200
"""Letters after which a process has seen all the typefaces and styles it keeps."""
ONE_MS, A_SECOND, GROWTH_MB = 200, 8, 10
LOOK = Look(
    "Northmoor Homes", "#00635a", ("1 Example Quay", "Harrowmere ZZ1 1AA"), "020 7946 0123",
    "asb@northmoor.example.org", "NM-7K4M-2QX", "Acknowledgement", "Wednesday 30 December 2026", sent=True,
)  # fmt: skip
WORDS = "Thank you for telling us what happened on Thursday 24 December. We call you by the end of Tuesday 5 January."
LETTER = Document(
    "We have your report",
    ("Marguerite Okonkwo-Featherstonehaugh", "14 Larkspur Court", "Harrowmere", "ZZ4 7QT"),
    (
        *(Paragraph((Run(words),)) for words in ("Dear Marguerite", WORDS)),
        Heading((Run("What happens now"),)),
        *(Paragraph((Run(words),)) for words in (WORDS, WORDS, WORDS)),
        Paragraph((Run("You may ask your council for an ASB case review.", "case_review"),)),
        *(Paragraph((Run(words),)) for words in ("Yours sincerely", "Sunita Rao-Bellingham")),
    ),
)


def measure(number: int) -> list[Line]:
    """``number`` is how many letters one process makes to show that it does not grow."""
    with Printers(1) as one:
        waiting = timed_ms(lambda: one.render(_printing()))
    with Printers(2) as both:
        list(both.render_many(repeat(_printing(), SETTLED // 10)))
        took = seconds(lambda: list(both.render_many(repeat(_printing(), BATCH))))
    begun, ended = _memory(number)
    return [
        Line("Tagged letter of one page, warm, median", median(waiting), "ms", ONE_MS),
        Line("Letters in a batch on two cores", BATCH / took, "a second", A_SECOND, at_least=True),
        Line(f"Memory of a process after {SETTLED:,} letters", begun, "MB"),
        Line(f"  and how much more after {number:,}", ended - begun, "MB", GROWTH_MB),
    ]


def _printing() -> Printing:
    return Printing(draw(LETTER, LOOK), LETTER.subject, LOOK.colours)


def _memory(number: int) -> tuple[float, float]:
    """What one process that is never replaced holds, in MB, when it has settled and at the end."""
    before = _children()
    with Printers(1, letters_each=number + 1) as printers:
        begun = _after(printers, SETTLED, before)
        return begun, _after(printers, number - SETTLED, before)


def _after(printers: Printers, letters: int, others: set[str]) -> float:
    for _number in range(letters):
        printers.render(_printing())
    (pid,) = _children() - others
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) / 1024


def _children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
