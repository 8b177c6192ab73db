"""What speaks against a letter's way out, when it is queued and once more before it goes."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from cases.choices import ContactMeans, PartyRole, SafeContact
from cases.gates.closing import reopened_at
from cases.lifecycle import CaseState
from cases.models import Person, Report
from cases.services.mailing import unsafe_words
from cases.services.reaching import is_safe
from landlords.permissions import OurRule
from letters.about import About, is_domestic_abuse, joined_words, known_about
from letters.composing.document import from_json
from letters.kinds import Audience
from letters.models import Letter, Sending
from letters.models.sending import Channel
from letters.outbox.parcels import as_text
from letters.outbox.providers import provider_for
from letters.reading import address_of
from letters.services.writing import ROLES

MEANS: dict[str, ContactMeans] = {
    Channel.POST: ContactMeans.LETTER,
    Channel.EMAIL: ContactMeans.EMAIL,
    Channel.TEXT: ContactMeans.TEXT,
    Channel.HAND: ContactMeans.OFFICE,
}
"""What each channel is to the person. Where it is handed over somewhere else, whoever does it says so."""
PROVIDED = (Channel.EMAIL, Channel.TEXT)
"""What goes by itself; the others wait for somebody."""
LONGEST_TEXT = 918
"""Characters: six parts, the most that providers take as one message."""
MOBILE = re.compile(r"(?:0|\+44|0044)7\d{9}")


def reader_of(letter: Letter, about: About) -> Person | None:
    """As this case knows them. None for an agency: whom such a letter is about is not whom it reaches."""
    if letter.audience == Audience.PARTNER or letter.person is None:
        return None
    return known_about(about, [letter.person])[0]


def address_for(letter: Letter, channel: str, reader: Person | None) -> str:
    """Where it goes; empty where no such address is known. By post: what shows in the window of the envelope."""
    if channel in (Channel.POST, Channel.HAND):
        lines = from_json(letter.document or {}).address
        least = 2 if channel == Channel.POST else 1
        return "\n".join(lines) if len(lines) >= least else ""
    if reader is None:
        return ""
    return reader.email.strip() if channel == Channel.EMAIL else _mobile(reader.phone)


def against_queueing(letter: Letter, about: About, channel: str, *, asked_this_way: bool) -> list[str]:
    """Everything, in the user's words; empty where nothing speaks against it."""
    if letter.status != Letter.Status.SEALED:
        return [_("Make the letter first. Only what was made can be sent.")]
    if Sending.objects.filter(letter=letter).exists():
        return [_("This letter is on its way already. There is never a second copy.")]
    if channel not in Channel.values:
        return [_("Choose how it goes.")]
    return [
        *_of_the_case(letter, about),
        *_of_the_channel(letter, about, channel),
        *_of_safety(letter, about, MEANS[channel], asked_this_way=asked_this_way),
    ]


def open_channels(letter: Letter, about: About) -> list[Channel]:
    """Those that nothing speaks against. A draft is asked with the document it would have."""
    return [channel for channel in Channel if not [*_against_channel(letter, about, channel)]]


def _against_channel(letter: Letter, about: About, channel: Channel) -> Iterator[str]:
    yield from _of_the_channel(letter, about, channel)
    yield from _of_safety(letter, about, MEANS[channel], asked_this_way=False)


def against_going(sending: Sending, letter: Letter, about: About) -> list[str]:
    """What has come to light since it was queued; asked before it is sent, and before it is printed."""
    reader = reader_of(letter, about)
    found = [
        *_of_the_case(letter, about),
        *_of_safety(
            letter, about, MEANS[sending.channel], asked_this_way=_still_asked(sending, about, reader)
        ),
    ]
    if address_for(letter, sending.channel, reader) != sending.address_used:
        found.append(_("The address has changed since this was queued."))
    if sending.channel == Channel.POST:
        found.extend(_moved(letter, reader))
    return found


def against_means(letter: Letter, about: About, means: str, *, asked_this_way: bool) -> list[str]:
    """Where somebody says afterwards how it reached its reader."""
    return [*_of_safety(letter, about, means, asked_this_way=asked_this_way)]


def safety_known(about: About, reader: Person | None) -> str:
    """What speaks for or against a way of reaching them, in a form that can be compared."""
    if reader is None:
        return ""
    return f"{reader.safe_contact}{' domestic_abuse' if is_domestic_abuse(about) else ''}"


def _still_asked(sending: Sending, about: About, reader: Person | None) -> bool:
    return sending.asked_this_way and sending.asked_knowing == safety_known(about, reader)


def _of_the_case(letter: Letter, about: About) -> Iterator[str]:
    """Nothing for a report, which never changes."""
    if isinstance(about, Report):
        return
    if about.status == CaseState.JOINED:
        yield joined_words(about)
    elif letter.person and not about.parties.filter(person=letter.person, role__in=ROLES[letter.audience]):
        yield _("%(name)s no longer has this part in the case.") % {"name": letter.person.name}
    taken_up = reopened_at(about) if letter.kind == "closure" else None
    if taken_up is not None and letter.sealed_at is not None and letter.sealed_at <= taken_up:
        yield _("The case was reopened since this letter was made. What it says is no longer true.")


def _of_the_channel(letter: Letter, about: About, channel: str) -> Iterator[str]:
    reader = reader_of(letter, about)
    address = address_for(letter, channel, reader)
    if channel in PROVIDED and provider_for(channel) is None:
        yield _("%(channel)s is not set up here.") % {"channel": Channel(channel).label}
    if not address:
        yield _no_address(channel, reader)
    elif channel == Channel.EMAIL and not _is_email(address):
        yield _("“%(address)s” is not an e-mail address.") % {"address": address}
    if channel == Channel.POST:
        yield from _moved(letter, reader)
    if channel == Channel.TEXT and len(as_text(letter)) > LONGEST_TEXT:
        words = _("This letter has %(length)d characters; a text message takes %(most)d.")
        yield words % {"length": len(as_text(letter)), "most": LONGEST_TEXT}


def _of_safety(letter: Letter, about: About, means: str, *, asked_this_way: bool) -> Iterator[str]:
    """Our safety rule (decision 18). On domestic abuse a way has to be known to be safe, not only not known to be
    unsafe: nothing goes to somebody whom nobody has asked.
    """
    reader = reader_of(letter, about)
    if reader is None or asked_this_way:
        return
    if not is_safe(reader, means):
        yield OurRule(unsafe_words(reader))
    elif letter.audience != Audience.RESPONDENT and _other_side_reads(about, reader, means):
        told = _(
            "Our safety rule: this would reach %(name)s where the person complained about can read it. Send it another "
            "way, or ask them."
        )
        yield OurRule(told % {"name": reader.name})
    elif _nobody_asked(letter, about, reader) and means != ContactMeans.OFFICE:
        told = _(
            "Our safety rule: on domestic abuse %(name)s is written to only in a way that is on record as safe for "
            "them, and none is. Ask them, and put it on record."
        )
        yield OurRule(told % {"name": reader.name})


def _other_side_reads(about: About, reader: Person, means: str) -> bool:
    """The same mailbox, telephone or letter box as somebody complained about in it."""
    mine = _reached(reader, means)
    return bool(mine) and any(_reached(one, means) == mine for one in _complained_about(about, reader))


def _complained_about(about: About, reader: Person) -> list[Person]:
    """Of a report: as far as it was told where they live."""
    if isinstance(about, Report):
        return [Person(address=str(about.respondent.get("address", "")))]
    parties = about.parties.filter(role=PartyRole.RESPONDENT).exclude(person=reader).select_related("person")
    return known_about(about, [party.person for party in parties])


def _reached(person: Person, means: str) -> str:
    """Where a message of this kind arrives, in one form."""
    if means == ContactMeans.EMAIL:
        return person.email.strip().casefold()
    if means == ContactMeans.TEXT:
        return re.sub(r"^(?:\+|00)44", "0", _mobile(person.phone))
    if means != ContactMeans.LETTER:
        return ""
    return " ".join(re.findall(r"\w+", person.address.casefold()))


def _nobody_asked(letter: Letter, about: About, reader: Person) -> bool:
    """“Any way” is also what stands there before anybody asks."""
    other_side = letter.audience == Audience.RESPONDENT
    return is_domestic_abuse(about) and not other_side and reader.safe_contact in ("", SafeContact.ANY)


def _moved(letter: Letter, reader: Person | None) -> Iterator[str]:
    if from_json(letter.document or {}).address != address_of(letter, reader):
        yield _("The name or address has changed since this letter was made. Make it again.")


def _no_address(channel: str, reader: Person | None) -> str:
    missing = {
        Channel.EMAIL: _("no e-mail address"),
        Channel.TEXT: _("no mobile number"),
        Channel.POST: _("no postal address"),
        Channel.HAND: _("no name"),
    }
    name = reader.name if reader else _("the agency")
    return _("There is %(missing)s for %(name)s.") % {"missing": missing[Channel(channel)], "name": name}


def _mobile(phone: str) -> str:
    number = re.sub(r"[\s()./-]", "", phone)
    return number if MOBILE.fullmatch(number) else ""


def _is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
