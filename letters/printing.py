"""How one letter looks and what its PDF is made of."""

from letters.common import reference
from letters.kinds import letter_kinds
from letters.letterhead import content_at
from letters.models import Letter
from letters.pdf.frames import Printing
from letters.pdf.look import Look
from letters.schema import LettersSection
from letters.values import Writing
from policies.wording import long_date
from policies.working_time import LONDON
from timeline import clock


def look_of(letter: Letter, writing: Writing, *, sent: bool) -> Look:
    """``sent`` False: it is only looked at, and its foot says so."""
    day = (letter.sealed_at or clock.now()).astimezone(LONDON).date()
    return Look(
        landlord=writing.landlord.name,
        brand_colour=writing.landlord.brand_colour,
        address=writing.policy.section(LettersSection).letters.address,
        phone=writing.landlord.phone,
        email=writing.landlord.email,
        reference=reference(writing),
        kind=str(letter_kinds[letter.kind].label),
        date=long_date(day),
        logo=content_at(letter.sealed_at),
        large_print=letter.format == Letter.Format.LARGE_PRINT,
        easy_read=letter.format == Letter.Format.EASY_READ,
        sent=sent,
    )


def printing_of(html: str, title: str, look: Look) -> Printing:
    return Printing(html=html, title=title, colours=look.colours, logo=look.logo)
