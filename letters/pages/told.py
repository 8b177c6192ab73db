"""What the pages of a letter show: the paper itself, what is missing, what was found, what was proved."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.choices import PartyRole, SafeContact
from landlords.permissions import Permission, can
from letters.composing.document import Document, from_json
from letters.composing.engine import gaps_named
from letters.firewall.engine import Hit
from letters.firewall.words import instead_words, kind_words, why_words
from letters.kinds import letter_kinds
from letters.letterhead import logo_address
from letters.models import Letter
from letters.pages.forms import QUESTION
from letters.pages.place import address, letter_address
from letters.pdf.drawing import draw, has_room
from letters.pdf.words import Mark
from letters.printing import look_of
from letters.protecting import whose
from letters.reading import Reading, read
from letters.services.making import NO_ROOM, gaps
from letters.services.writing import writing_of
from letters.ways import ways_out
from timeline.actors import Actor

Shown = dict[str, Any]


@dataclass(frozen=True)
class SealedLetter:
    """A line of the list, whether it was made or not."""

    letter: Letter

    @property
    def label(self) -> str:
        return str(letter_kinds[self.letter.kind].label)

    @property
    def to(self) -> str:
        return self.letter.person.name if self.letter.person else str(self.letter.get_audience_display())

    @property
    def sending(self) -> Any:
        """None where nobody has chosen yet how it goes."""
        return getattr(self.letter, "sending", None)


def draft(letter: Letter, by: Actor) -> Shown:
    """A draft, or one given up, as it would be if it were made now."""
    writing = writing_of(letter)
    reading = read(letter, writing)
    look = look_of(letter, writing, sent=False)
    return {
        **_common(letter),
        "reading": reading,
        "missing": _missing(letter, reading),
        "places": places(reading.hits) if reading.stopped else [],
        "whose": [PartyRole(role).label for role in whose(reading.hits)] if reading.stopped else [],
        "ways": [] if reading.stopped else ways_out(letter, writing, reading.document),
        "paper": _paper(
            draw(
                _on_paper(letter, reading),
                look,
                top=2,
                marks=_marks(reading),
                logo_address=logo_address(look),
            )
        ),
        "may_release": reading.stopped and can(by, Permission.APPROVE) and by.user_id not in letter.writers,
        "careful": _careful(letter),
    }


def sealed(letter: Letter) -> Shown:
    """What was made, from the document that was kept and never from what is known now."""
    assert letter.document is not None
    look = look_of(letter, writing_of(letter), sent=True)
    paper = _paper(draw(from_json(letter.document), look, top=2, logo_address=logo_address(look)))
    return {**_common(letter), "paper": paper, "careful": _careful(letter)}


def places(hits: Iterable[Hit]) -> list[dict[str, str]]:
    """One for each place to change, in the order they are read."""
    return [
        {
            "number": str(number),
            "title": kind_words(hit),
            "why": why_words(hit),
            "instead": instead_words(hit),
        }
        for number, hit in enumerate(hits, start=1)
    ]


def _common(letter: Letter) -> Shown:
    row = SealedLetter(letter)
    return {
        "letter": letter,
        "label": row.label,
        "to": row.to,
        "sending": row.sending,
        "letter_url": letter_address(letter) if letter.pk else "",
        "pdf_url": address("letter-pdf", letter.about, letter.key) if letter.pk else "",
        "release_url": address("release-letter", letter.about, letter.key) if letter.pk else "",
    }


def _missing(letter: Letter, reading: Reading) -> list[dict[str, str]]:
    """Each with the id of the box it is typed into, where the form has one."""
    asks = letter_kinds[letter.kind].asks
    missing = [
        {"words": words, "box": f"id_{QUESTION}{name}" if name in asks else ""}
        for name, words in gaps(letter, reading).items()
    ]
    return missing if has_room(reading.document.address) else [*missing, {"words": str(NO_ROOM)}]


def _on_paper(letter: Letter, reading: Reading) -> Document:
    """What was found is marked by where it stands, so nothing may be moved then."""
    return reading.document if reading.stopped else gaps_named(reading.document, gaps(letter, reading))


def _marks(reading: Reading) -> list[Mark]:
    found = reading.hits if reading.stopped else []
    return [Mark(hit.line, hit.start, hit.end, number) for number, hit in enumerate(found, start=1)]


def _careful(letter: Letter) -> str:
    """How the reader is reached safely, where not every way is."""
    person = letter.person
    if person is None or person.safe_contact == SafeContact.ANY:
        return ""
    words = {"name": person.name, "safe": str(person.get_safe_contact_display()).lower()}
    return _("%(name)s is reached safely only in this way: %(safe)s.") % words


def _paper(html: str) -> SafeString:
    """Made by our own template, which escapes every value (``letters.pdf.drawing.draw``)."""
    return mark_safe(html)  # noqa: S308
