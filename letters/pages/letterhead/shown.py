"""What the page of the letterhead shows: a letter, and where it says it comes from."""

from dataclasses import replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from landlords.models import Landlord
from letters.examples import example_letter, example_look
from letters.kinds import Audience
from letters.letterhead import content_at, logo_address
from letters.pdf.drawing import draw
from letters.schema import LettersSection
from letters.wordings import words_for
from policies.schema import Policy
from policies.selectors import policy_of, version_in_force
from policies.services import local_today

SHOWN = "acknowledgement", Audience.COMPLAINANT


def paper(landlord: Landlord, *, without_logo: bool = False) -> SafeString:
    """A letter with invented people, by our own template, which escapes every value."""
    kind, audience = SHOWN
    words, policy = words_for(landlord.key, kind, audience), _policy()
    example = example_letter(
        subject=words.subject, body=words.body, kind=kind, audience=audience, ours=landlord, policy=policy
    )
    look = replace(
        example_look(kind, landlord, policy), sent=False, logo=None if without_logo else content_at()
    )
    return mark_safe(draw(example.document, look, top=2, logo_address=logo_address(look)))  # noqa: S308


def sender(landlord: Landlord) -> list[tuple[str, list[str]]]:
    """What is printed beside the logo and who wrote it down; only what there is."""
    address = list(_policy().section(LettersSection).letters.address)
    rows = [
        (_("Name"), [landlord.name]),
        (_("Address"), address),
        (_("Telephone"), [landlord.phone]),
        (_("When it is answered"), [landlord.opening_hours]),
        (_("E-mail"), [landlord.email]),
        (_("Colour"), [landlord.brand_colour]),
    ]
    return [(label, lines) for label, lines in rows if any(lines)]


def _policy() -> Policy:
    return policy_of(version_in_force(local_today()))
