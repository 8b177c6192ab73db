"""A picture of every letter of every landlord, as it is sent: which there are, and what each is made of.

Nothing here reads a case or a database: words and policies are files, and the people are invented.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from letters.examples import example_letter, example_look
from letters.kinds import Audience, letter_kinds
from letters.models import Letter
from letters.pdf.drawing import draw
from letters.pdf.fonts import ROOT, STYLES
from letters.pdf.frames import Printing, as_bytes
from letters.printing import printing_of
from letters.wordings import shipped
from policies.schema import Policy

Format = Letter.Format
LARGE_PRINT, EASY_READ = "acknowledgement", "first_warning"
"""Of which kind each landlord's other formats are shown."""


@dataclass(frozen=True)
class Pictured:
    """A letter of which there are pictures."""

    landlord: str
    kind: str
    audience: Audience
    format: Format = Format.STANDARD

    @property
    def name(self) -> str:
        """Of its files, before the number of the page."""
        several = len(letter_kinds[self.kind].audiences) > 1
        parts = [
            self.kind,
            self.audience.value if several else "",
            "" if self._standard else self.format.value,
        ]
        return "-".join(part.replace("_", "-") for part in parts if part)

    @property
    def title(self) -> str:
        kind = letter_kinds[self.kind]
        to = f" to: {self.audience.label}" if len(kind.audiences) > 1 else ""
        return f"{kind.label}{to}{'' if self._standard else f' ({self.format.label})'}"

    @property
    def _standard(self) -> bool:
        return self.format == Format.STANDARD


def pictured(landlords: Mapping[str, Policy]) -> list[Pictured]:
    """By landlord, in the order of the life of a case; then one in large print and one in easy read."""
    kinds = sorted(((key, letter_kinds[key]) for key in letter_kinds), key=lambda one: one[1].order)
    every = [(key, audience, Format.STANDARD) for key, kind in kinds for audience in kind.audiences]
    others = ((LARGE_PRINT, Format.LARGE_PRINT), (EASY_READ, Format.EASY_READ))
    every += [(key, letter_kinds[key].audiences[0], form) for key, form in others]
    return [Pictured(landlord, *one) for landlord in landlords for one in every]


def printing(one: Pictured, policy: Policy) -> Printing:
    """What its PDF is made of. Raises ValueError for words that need what no example has."""
    easy_read = one.format == Format.EASY_READ
    words = shipped(one.landlord, one.kind, one.audience, easy_read=easy_read)
    ours = policy.core.organisation
    made = example_letter(
        subject=words.subject,
        body=words.body,
        kind=one.kind,
        audience=one.audience,
        ours=ours,
        policy=policy,
        easy_read=easy_read,
    )
    if made.missing:
        raise ValueError(f"{one.landlord} {one.name}: nothing known for {', '.join(made.missing)}")
    look = replace(
        example_look(one.kind, ours, policy),
        large_print=one.format == Format.LARGE_PRINT,
        easy_read=easy_read,
    )
    return printing_of(draw(made.document, look), made.document.subject, look)


def made_of(one: Printing) -> str:
    """The same for the same letter in the same style; another as soon as either changes."""
    styles = (ROOT / path for path in STYLES)
    return hashlib.sha256(as_bytes(one) + b"".join(path.read_bytes() for path in styles)).hexdigest()


def files_of(one: Pictured, folder: Path) -> list[Path]:
    """Its pages that are there, in their order."""
    found = (folder / one.landlord).glob(f"{one.name}-*.png")
    numbers = {path.stem.removeprefix(f"{one.name}-"): path for path in found}
    return [numbers[number] for number in sorted((n for n in numbers if n.isdecimal()), key=int)]


def index(landlords: Mapping[str, Policy], folder: Path) -> str:
    """The page that shows them all."""
    return "\n".join([*INTRODUCTION, *_by_landlord(landlords, folder), ""])


INTRODUCTION = (
    "# Every letter, as it is sent",
    "",
    "Made by `python manage.py draw_letters` from the words that ship with the product, the landlords’ policies and",
    "invented people; please do not edit. The landlords’ own logos are not ours to ship, so their names are set in",
    "type; addresses and numbers are invented. After the standard letters come one in large print and one in easy",
    "read.",
)


def _by_landlord(landlords: Mapping[str, Policy], folder: Path) -> Iterator[str]:
    for landlord, ones in groupby(pictured(landlords), key=lambda one: one.landlord):
        yield from ("", f"## {landlords[landlord].core.organisation.name}")
        for one in ones:
            yield from ("", f"### {one.title}", "", *_pages(one, folder))


def _pages(one: Pictured, folder: Path) -> Iterator[str]:
    paths = files_of(one, folder)
    for number, path in enumerate(paths, start=1):
        yield f"![{one.title}, page {number} of {len(paths)}]({path.relative_to(folder).as_posix()})"
