"""Beginning, changing and giving up the draft of a letter."""

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from cases.choices import PartyRole
from cases.models import Case, Person
from cases.services.locking import locked
from landlords.models import Landlord, Membership
from landlords.permissions import Permission, Refused, check
from letters.about import (
    About,
    check_writable,
    held_about,
    is_reader_of_report,
    known_about,
    readers_of_report,
)
from letters.kinds import Audience, letter_kinds
from letters.models import Letter
from letters.suggesting import suggested
from letters.values import Writing
from policies.selectors import policy_of
from timeline import clock
from timeline.actors import Actor

ROLES: dict[str, tuple[PartyRole, ...]] = {
    Audience.COMPLAINANT: (PartyRole.COMPLAINANT,),
    Audience.RESPONDENT: (PartyRole.RESPONDENT,),
    Audience.WITNESS: (PartyRole.WITNESS, PartyRole.REPORTER),
    Audience.PARTNER: (PartyRole.COMPLAINANT, PartyRole.RESPONDENT, PartyRole.WITNESS, PartyRole.REPORTER),
}
"""Whom of a case a letter to each reader can be for; to a partner, whom it can be about."""
MOST_WORDS = 10_000


class Changed(Refused):
    """Somebody else has changed the draft since it was looked at. Nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else has changed this letter while you were writing. Nothing of yours is saved yet; what you "
                "typed is below. Check it against the letter, then save again."
            )
        )


@transaction.atomic
def begin_letter(
    about: About, *, kind: str, audience: str, person_id: int | None, by: Actor, fill_in: bool = True
) -> Letter:
    """A draft, with what the file can answer filled in; nothing is sent. A closed case can be written about too.

    Raises Refused as ``prepared``.
    """
    about = locked(about) if isinstance(about, Case) else about
    letter = prepared(about, kind=kind, audience=audience, person_id=person_id, by=by, fill_in=fill_in)
    letter.save()
    return letter


def prepared(
    about: About, *, kind: str, audience: str, person_id: int | None, by: Actor, fill_in: bool = True
) -> Letter:
    """A draft that is not kept yet.

    Raises Refused for a kind that is not written to this reader, somebody who has no such part in it, mediation where
    there is domestic abuse (our safety rule, decision 18), a case that was joined, and a report that still waits.
    """
    check(by, Permission.WRITE_LETTERS)
    check_writable(about, by)
    person = _reader(about, kind, audience, person_id)
    now = clock.now()
    letter = Letter(
        landlord_id=about.landlord_id,
        case=about if isinstance(about, Case) else None,
        report=None if isinstance(about, Case) else about,
        person=person,
        kind=kind,
        audience=audience,
        format=_format(person),
        begun_at=now,
        begun_by=by.name,
        begun_by_user_id=by.user_id or 0,
        writers=[by.user_id or 0],
        changed_at=now,
    )
    if fill_in:
        letter.answers = suggested(kind, writing_of(letter))
    return letter


@transaction.atomic
def change_letter(
    letter: Letter, *, answers: Mapping[str, str], own_words: str, form: str, by: Actor, seen: str = ""
) -> Letter:
    """Other answers, other words of one's own, another format. ``seen`` is its stamp when it was last looked at.

    Raises Changed, and Refused for one that was made or given up.
    """
    letter = held(letter, by, seen=seen)
    asked = letter_kinds[letter.kind].asks
    long = [name for name, text in {**answers, "own_words": own_words}.items() if len(text) > MOST_WORDS]
    if long:
        raise Refused(_("Every text must be 10,000 characters or fewer."))
    if form not in Letter.Format.values:
        raise Refused(_("Choose a format from the list."))
    before = _said(letter)
    letter.answers = {name: text for name, text in answers.items() if name in asked}
    letter.own_words, letter.format, letter.changed_at = own_words, form, clock.now()
    if _said(letter) != before:
        letter.writers = sorted({*letter.writers, by.user_id or 0})
    letter.save(update_fields=["answers", "own_words", "format", "changed_at", "writers"])
    return letter


def _said(letter: Letter) -> list[str]:
    """Its words; how they are spaced and what was left empty is nobody's hand in them."""
    texts = {**letter.answers, "own_words": letter.own_words}
    return [" ".join([name, *texts[name].split()]) for name in sorted(texts) if texts[name].strip()]


@transaction.atomic
def give_letter_up(letter: Letter, *, by: Actor, seen: str = "") -> Letter:
    """It will not be sent. A draft that stayed on a case that was joined can be given up too.

    Raises Changed, and Refused for one that was made or given up already.
    """
    letter = _held_draft(letter, by, seen)
    letter.status, letter.changed_at = Letter.Status.GIVEN_UP, clock.now()
    letter.save(update_fields=["status", "changed_at"])
    return letter


def held(letter: Letter, by: Actor, *, seen: str = "") -> Letter:
    """The draft as it is now, its case locked. Raises Refused where it is no draft any more or its case was joined, and
    Changed where it is not what was ``seen``.
    """
    letter = _held_draft(letter, by, seen)
    check_writable(letter.about, by)
    return letter


def _held_draft(letter: Letter, by: Actor, seen: str) -> Letter:
    held_about(letter)
    check(by, Permission.WRITE_LETTERS)
    related = ("case__joined_to", "report__complainant", "report__reporter", "person")
    letter = Letter.objects.select_for_update(of=("self",)).select_related(*related).get(pk=letter.pk)
    if letter.status != Letter.Status.DRAFT:
        raise Refused(_("This letter was made or given up already. Begin another one."))
    if seen and seen != stamp_of(letter):
        raise Changed
    return letter


def stamp_of(letter: Letter) -> str:
    """What somebody has seen who looks at a draft now: it changes with its words and its format."""
    words = [letter.status, letter.answers, letter.own_words, letter.format]
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:24]


def writing_of(letter: Letter) -> Writing:
    """Who writes to whom: whoever began it, whoever looks at it; the reader as this case knows them."""
    about = letter.about
    addressee = known_about(about, [letter.person])[0] if letter.person else None
    return Writing(
        about,
        policy_of(about.policy),
        Landlord.objects.get(pk=letter.landlord_id),
        Membership.objects.select_related("user", "team").get(user=letter.begun_by_user_id),
        Audience(letter.audience),
        addressee,
        easy_read=letter.format == Letter.Format.EASY_READ,
    )


def _reader(about: About, kind: str, audience: str, person_id: int | None) -> Person | None:
    if kind not in letter_kinds or audience not in letter_kinds[kind].audiences:
        raise Refused(_("Choose a letter, and whom it is for, from the list."))
    if isinstance(about, Case):
        return _reader_on_case(about, kind, audience, person_id)
    if not letter_kinds[kind].of_reports or not is_reader_of_report(about, audience, person_id):
        raise Refused(_("Choose a letter, and whom it is for, from the list."))
    return next(one for one in readers_of_report(about) if one.pk == person_id)


def _reader_on_case(case: Case, kind: str, audience: str, person_id: int | None) -> Person | None:
    if kind == "mediation_invitation" and case.domestic_abuse:
        raise Refused(_("Our safety rule: nobody is invited to mediation where there is domestic abuse."))
    if person_id is None and audience == Audience.PARTNER:
        return None
    party = case.parties.filter(person=person_id, role__in=ROLES[audience]).select_related("person").first()
    if party is None:
        raise Refused(_("Choose somebody who has this part in the case."))
    return party.person


def _format(person: Person | None) -> str:
    """What the reader needs (Ruling 13); large print before easy read, which can be chosen as well."""
    wanted = person.formats if person else []
    for format_ in (Letter.Format.LARGE_PRINT, Letter.Format.EASY_READ):
        if format_.value in wanted:
            return format_.value
    return Letter.Format.STANDARD
