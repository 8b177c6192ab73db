"""A letter is queued once, to an address that is known, in a way that is safe; else nothing is queued."""

import datetime
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from cases.choices import PartyRole
from cases.models import Case, Person
from cases.services.joining import join_cases
from cases.services.people import add_party
from landlords.permissions import OurRule, Refused, Role
from letters.kinds import Audience
from letters.models import Letter, Sending
from letters.outbox.services import queue
from tests.factories.world import NOON, Side, World, report
from tests.letters.outbox.sealed import happened, inside, queued, sealed
from timeline.clock import clock_at
from timeline.services import record

AMINA = "amina@larkspur.example"
UNSAFE = "Our safety rule: Amina Larkspur is written to only in the way that is safe for them (call only)."
NOBODY_ASKED = (
    "Our safety rule: on domestic abuse Amina Larkspur is written to only in a way that is on record as safe for "
    "them, and none is. Ask them, and put it on record."
)


def change(person: Person, **changes: Any) -> Person:
    Person.objects.filter(pk=person.pk).update(**changes)
    return Person.objects.get(pk=person.pk)


def refused(letter: Letter, channel: str, side: Side, **options: Any) -> list[str]:
    """Every reason; and that nothing was queued."""
    before = Sending.objects.count(), happened()
    with pytest.raises(Refused) as caught:
        queue(letter, channel=channel, by=options.pop("by", side.actor()), **options)
    assert (Sending.objects.count(), happened()) == before
    return caught.value.reasons


def abused(side: Side) -> tuple[Case, Person]:
    person = side.restricted_case.parties.get(role=PartyRole.COMPLAINANT).person
    return side.restricted_case, person


@pytest.mark.parametrize(
    ("channel", "address", "due"),
    [
        ("email", AMINA, NOON),
        ("text", "07700900123", NOON),
        ("post", "Amina Larkspur\n7 Example Road\nZZ1 1ZZ", None),
        ("hand", "Amina Larkspur\n7 Example Road\nZZ1 1ZZ", None),
    ],
)
def test_each_channel_keeps_its_address_and_only_some_go_by_themselves(
    here: Side, channel: str, address: str, due: datetime.datetime | None
) -> None:
    person = change(here.complainant, address="7 Example Road, ZZ1 1ZZ")
    sending = queued(here, channel, person=person)
    assert (sending.state, sending.address_used, sending.next_try_at) == ("waiting", address, due)
    assert (sending.queued_at, sending.queued_by, sending.message_id) == (NOON, "Officer Larkspur", "")


@pytest.mark.parametrize(
    ("channel", "changes", "reason"),
    [
        ("email", {"email": ""}, "There is no e-mail address for Amina Larkspur."),
        ("email", {"email": "amina at home"}, "“amina at home” is not an e-mail address."),
        ("email", {"email": "a@b.example\nBcc: x@y.example"}, None),
        ("text", {"phone": "020 7946 0001"}, "There is no mobile number for Amina Larkspur."),
        ("text", {"phone": ""}, "There is no mobile number for Amina Larkspur."),
        ("post", {"address": ""}, "There is no postal address for Amina Larkspur."),
        ("pigeon", {}, "Choose how it goes."),
    ],
)
def test_without_an_address_nothing_is_queued(
    here: Side, channel: str, changes: dict[str, str], reason: str | None
) -> None:
    letter = sealed(here, person=change(here.complainant, **changes))
    expected = reason or "“a@b.example\nBcc: x@y.example” is not an e-mail address."
    assert refused(letter, channel, here) == [expected]


def test_an_agency_has_no_email_address_here(here: Side) -> None:
    about = {"agency": "Victim Support", "agency_address": "1 Example Street\nZZ1 1ZZ"}
    letter = sealed(here, "information_request", audience=Audience.PARTNER, answers=about)
    assert refused(letter, "email", here) == ["There is no e-mail address for the agency."]
    change(here.complainant, safe_contact="call")
    posted = queue(letter, channel="post", by=here.actor())
    assert posted.address_used == "Victim Support\n1 Example Street\nZZ1 1ZZ"


def test_a_draft_is_not_queued(here: Side) -> None:
    letter = sealed(here)
    draft = Letter.objects.create(
        landlord=here.landlord, case=here.case, person=here.complainant, kind="update", audience="complainant",
        begun_at=NOON, begun_by="Olive", begun_by_user_id=1, changed_at=NOON,
    )  # fmt: skip
    assert refused(draft, "email", here) == ["Make the letter first. Only what was made can be sent."]
    assert queue(letter, channel="email", by=here.actor()).letter_id == letter.pk


@pytest.mark.parametrize("again", ["email", "post"])
def test_there_is_never_a_second_copy(here: Side, again: str) -> None:
    sending = queued(here)
    assert refused(sending.letter, again, here) == [
        "This letter is on its way already. There is never a second copy."
    ]


def test_the_database_itself_knows_one_sending_a_letter(here: Side) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_index WHERE indrelid = 'letters_sending'::regclass AND indisunique"
            " AND indkey::text = (SELECT attnum::text FROM pg_attribute"
            " WHERE attrelid = 'letters_sending'::regclass AND attname = 'letter_id')"
        )
        assert cursor.fetchone() == (1,)


def test_an_unsafe_way_is_refused_unless_they_asked_for_it(here: Side) -> None:
    letter = sealed(here, person=change(here.complainant, safe_contact="call"))
    reasons = refused(letter, "email", here)
    assert (reasons, [type(one) for one in reasons]) == ([UNSAFE], [OurRule])
    assert queue(letter, channel="email", by=here.actor(), asked_this_way=True).asked_this_way is True


@pytest.mark.parametrize(
    ("safe", "channel", "goes"),
    [
        ("email", "email", True),
        ("letter", "email", False),
        ("text", "text", True),
        ("email", "text", False),
        ("letter", "hand", True),
        ("call", "hand", True),
    ],
)
def test_only_the_safe_way(here: Side, safe: str, channel: str, goes: bool) -> None:
    letter = sealed(here, person=change(here.complainant, safe_contact=safe))
    if goes:
        assert queue(letter, channel=channel, by=here.actor()).state == "waiting"
    else:
        assert len(refused(letter, channel, here)) == 1


@pytest.mark.parametrize(
    ("safe", "channel", "reasons"),
    [
        ("any", "email", [NOBODY_ASKED]),
        ("any", "hand", []),
        ("email", "email", []),
        ("call", "email", [UNSAFE]),
    ],
)
def test_on_domestic_abuse_a_way_has_to_be_known_as_safe(
    here: Side, safe: str, channel: str, reasons: list[str]
) -> None:
    case, person = abused(here)
    letter = sealed(here, case=case, person=change(person, safe_contact=safe))
    if reasons:
        assert refused(letter, channel, here) == reasons
    asked = bool(reasons)
    assert queue(letter, channel=channel, by=here.actor(), asked_this_way=asked).state == "waiting"


def test_everything_against_it_is_told_at_once(here: Side) -> None:
    letter = sealed(here, person=change(here.complainant, safe_contact="call", email=""))
    assert refused(letter, "email", here) == ["There is no e-mail address for Amina Larkspur.", UNSAFE]


def test_an_address_that_changed_since_the_letter_was_made_is_not_posted_to(here: Side) -> None:
    letter = sealed(here, person=change(here.complainant, address="7 Example Road, ZZ1 1ZZ"))
    change(here.complainant, address="Refuge, ZZ9 9ZZ")
    assert refused(letter, "post", here) == [
        "The name or address has changed since this letter was made. Make it again."
    ]


def test_a_case_that_was_joined_is_written_to_no_more(here: Side) -> None:
    newer = report(here, "noise").case
    assert newer is not None
    person = newer.parties.get(role=PartyRole.COMPLAINANT).person
    letter = sealed(here, case=newer, person=person)
    join_cases(newer, here.case, reason="The same", by=here.actor())
    assert refused(letter, "email", here) == [
        f"This case is now part of {here.case.reference}. Write the letter there."
    ]


def test_somebody_who_no_longer_has_the_part_is_not_written_to(here: Side) -> None:
    letter = sealed(here)
    here.case.parties.filter(person=here.complainant).update(role=PartyRole.RESPONDENT)
    assert refused(letter, "email", here) == ["Amina Larkspur no longer has this part in the case."]


def test_a_text_message_is_not_a_book(here: Side) -> None:
    long = sealed(here, words="x" * 918)
    assert refused(long, "text", here) == ["This letter has 937 characters; a text message takes 918."]
    assert queue(sealed(here, words="x" * 899), channel="text", by=here.actor()).state == "waiting"


def test_a_channel_that_is_not_set_up_is_not_offered(here: Side, settings: Settings) -> None:
    settings.LETTER_PROVIDERS = {"email": "letters.outbox.smtp.Smtp"}
    assert refused(sealed(here), "text", here) == ["Text message is not set up here."]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_those_who_write_letters_send_them(here: Side, role: str) -> None:
    [reason] = refused(sealed(here), "email", here, by=here.actor(role))
    assert reason.endswith(
        "you cannot write letters. Ask a colleague who can, or your landlord administrator."
    )


def test_a_closing_letter_goes_after_closing_and_not_after_reopening(here: Side) -> None:
    letter = sealed(here, "closure")
    with clock_at(NOON + datetime.timedelta(hours=1)):
        record("case_reopened", by=here.actor(), case_id=here.case.pk)
        assert refused(letter, "email", here) == [
            "The case was reopened since this letter was made. What it says is no longer true."
        ]
    with clock_at(NOON + datetime.timedelta(hours=2)):
        assert queued(here, kind="closure").state == "waiting"


def test_another_landlord_can_neither_see_nor_queue_it(world: World) -> None:
    with inside(world.here) as here:
        letter = sealed(here)
        waiting = queued(here)
    with inside(world.there) as there:
        assert (Letter.objects.count(), Sending.objects.count()) == (0, 0)
        with pytest.raises(Case.DoesNotExist):
            queue(letter, channel="email", by=there.actor())
        assert Sending.objects.filter(pk=waiting.pk).update(state="sent") == 0
    with inside(world.here):
        assert list(Sending.objects.values_list("pk", "state")) == [(waiting.pk, "waiting")]


def test_a_witness_is_written_to_as_safely_as_a_complainant(here: Side) -> None:
    witness = Person.objects.create(
        landlord=here.landlord, name="Wren Larkspur", email="wren@example.org", safe_contact="letter"
    )
    add_party(here.case, witness, PartyRole.WITNESS)
    letter = sealed(here, person=witness, audience=Audience.WITNESS)
    assert refused(letter, "email", here) == [
        "Our safety rule: Wren Larkspur is written to only in the way that is safe for them (letter only)."
    ]
