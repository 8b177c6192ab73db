"""Who may open, change, make, let go and download a letter, and who may not, whatever address they type."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from cases.choices import PartyRole
from cases.models import CaseAccess
from cases.services.categorising import reassign
from landlords.models import Landlord
from landlords.permissions import Refused, Role
from letters.models import Letter, Print, Release, Sending
from letters.services import begin_letter, change_letter, make_letter, release_letter
from letters.services.making import Stopped
from tests.factories.world import Side, World
from tests.letters.test_writing import ANSWERS, begun, to_respondent
from timeline.models import Event
from timeline.scope import landlord_scope

PAGES = ("letter", "letter-pdf", "release-letter")


def addresses(letter: Letter) -> list[str]:
    return [reverse(name, args=[letter.reference, letter.key]) for name in PAGES]


def _stolen(there: Landlord, letter: Letter) -> None:
    """A print of another landlord's letter; told by the database as soon as it is asked."""
    with transaction.atomic():
        Print.objects.create(landlord=there, letter_id=letter.pk, content=b"x")
        connection.check_constraints()


def made(side: Side) -> Letter:
    with transaction.atomic(), landlord_scope(side.landlord.pk):
        return make_letter(begun(side), by=side.actor())


def test_another_landlord_opens_none_of_it(world: World, client: Client) -> None:
    letter = made(world.here)
    world.there.sign_in(client, Role.MANAGER)
    assert [client.get(one).status_code for one in addresses(letter)] == [404, 404, 404]
    assert [client.post(one, {"make": "1"}).status_code for one in addresses(letter)] == [404, 405, 404]


def test_the_key_of_a_letter_opens_nothing_under_another_case(here: Side, client: Client) -> None:
    letter = begun(here)
    here.sign_in(client, Role.MANAGER)
    for name in PAGES:
        assert client.get(reverse(name, args=[here.restricted_case.reference, letter.key])).status_code == 404
        assert client.get(reverse(name, args=[here.case.reference, uuid.uuid4()])).status_code == 404


def test_a_pdf_is_not_there_any_more_for_whoever_was_taken_off_the_case(here: Side, client: Client) -> None:
    case, manager = here.restricted_case, here.members[Role.MANAGER]
    reassign(case, owner=manager, reason="x", by=manager.actor())
    reassign(case, owner=here.members[Role.SPECIALIST], reason="x", by=manager.actor())
    person = case.parties.filter(role=PartyRole.COMPLAINANT)[0].person
    by = here.actor(Role.SPECIALIST)
    letter = make_letter(
        begin_letter(case, kind="acknowledgement", audience="complainant", person_id=person.pk, by=by), by=by
    )
    here.sign_in(client, Role.SPECIALIST)
    address = reverse("letter-pdf", args=[case.reference, letter.key])
    assert client.get(address)["Cache-Control"] == "private, no-store"
    CaseAccess.objects.filter(case=case, membership=here.members[Role.SPECIALIST]).delete()
    reassign(case, owner=manager, reason="x", by=manager.actor())
    assert client.get(address).status_code == 404


def test_a_draft_has_no_pdf(here: Side, client: Client) -> None:
    letter = begun(here)
    here.sign_in(client)
    assert client.get(reverse("letter-pdf", args=[here.case.reference, letter.key])).status_code == 404


def test_roles_that_write_none_change_none(here: Side, client: Client) -> None:
    letter = begun(here)
    address = reverse("letter", args=[here.case.reference, letter.key])
    for role in (Role.ADVISER, Role.AUDITOR):
        answer = here.sign_in(client, role).post(address, {"own_words": "x", "form": "standard", "save": "1"})
        assert answer.status_code == 403, role
        with pytest.raises(Refused):
            change_letter(letter, answers={}, own_words="x", form="standard", by=here.actor(role))
    assert Letter.objects.get().own_words == ""


def test_nothing_happens_without_the_token_of_the_form(here: Side) -> None:
    letter = begun(here)
    client = here.sign_in(Client(enforce_csrf_checks=True))
    for name in ("letters", "letter"):
        args = [here.case.reference] if name == "letters" else [here.case.reference, letter.key]
        assert client.post(reverse(name, args=args), {"make": "1", "form": "standard"}).status_code == 403
    assert Letter.objects.get().status == "draft"


def test_looking_changes_nothing(here: Side, client: Client) -> None:
    letter = to_respondent(here, f"{here.complainant.name} says so")
    here.sign_in(client, Role.MANAGER)
    before = Letter.objects.values().get(), Event.objects.count()
    asked = [*addresses(letter), reverse("letters", args=[here.case.reference])]
    codes = [
        client.get(one, {"make": "1", "give_up": "1", "ground": "agreed", "reason": "x"}).status_code
        for one in asked
    ]
    assert codes == [200, 404, 200, 200]
    assert (Letter.objects.values().get(), Event.objects.count()) == before
    assert (Release.objects.count(), Sending.objects.count()) == (0, 0)


def test_a_stop_is_recorded_and_what_was_typed_is_kept(here: Side, client: Client) -> None:
    letter = to_respondent(here, "x")
    here.sign_in(client)
    typed = {f"asked-{name}": text for name, text in ANSWERS.items()}
    typed |= {
        "asked-about": f"{here.complainant.name} says so",
        "own_words": "",
        "form": "standard",
        "make": "1",
    }
    answer = client.post(reverse("letter", args=[here.case.reference, letter.key]), typed)
    assert answer.status_code == 200
    assert Letter.objects.get().answers["about"] == f"{here.complainant.name} says so"
    assert Event.objects.filter(case_id=here.case.pk, verb="letter_stopped").count() == 1
    assert Print.objects.count() == 0


def test_a_release_is_for_one_letter_only(here: Side) -> None:
    words = f"{here.complainant.name} says you shouted"
    letter, twin = to_respondent(here, words), to_respondent(here, words)
    release_letter(letter, ground="agreed", reason="She said so on Monday", by=here.actor(Role.MANAGER))
    with pytest.raises(Stopped):
        make_letter(twin, by=here.actor())
    assert make_letter(letter, by=here.actor()).status == "sealed"
    twin.refresh_from_db()
    assert twin.status == "draft"


def test_whoever_has_the_case_lets_nothing_go(here: Side) -> None:
    letter = to_respondent(here, f"{here.complainant.name} says so")
    reassign(here.case, owner=here.members[Role.MANAGER], reason="x", by=here.actor(Role.MANAGER))
    with pytest.raises(Refused, match="neither wrote it nor has the case"):
        release_letter(letter, ground="agreed", reason="She said so", by=here.actor(Role.MANAGER))
    assert Release.objects.count() == 0


def test_a_release_needs_somebody_who_approves(here: Side, client: Client) -> None:
    letter = to_respondent(here, f"{here.complainant.name} says so")
    address = reverse("release-letter", args=[here.case.reference, letter.key])
    for role, code in ((Role.ADVISER, 403), (Role.AUDITOR, 403), (Role.OFFICER, 200)):
        answer = here.sign_in(client, role).post(address, {"ground": "agreed", "reason": "x"})
        assert answer.status_code == code, role
    assert "neither wrote it nor has the case" in answer.content.decode()
    assert Release.objects.count() == 0


def test_what_was_made_withstands_raw_sql(here: Side) -> None:
    letter = make_letter(begun(here), by=here.actor())
    release_sql = "INSERT INTO letters_print (landlord_id, letter_id, content) VALUES (%s, %s, 'x')"
    statements: list[tuple[str, list[int]]] = [
        ("UPDATE letters_letter SET status = 'draft' WHERE id = %s", [letter.pk]),
        ("UPDATE letters_letter SET document = '{}' WHERE id = %s", [letter.pk]),
        ("DELETE FROM letters_letter WHERE id = %s", [letter.pk]),
        ("UPDATE letters_print SET content = 'x' WHERE letter_id = %s", [letter.pk]),
        ("DELETE FROM letters_print WHERE letter_id = %s", [letter.pk]),
        ("TRUNCATE letters_print", []),
        ("TRUNCATE letters_letter CASCADE", []),
        (release_sql, [letter.landlord_id, letter.pk]),
        ("ALTER TABLE letters_letter DISABLE TRIGGER letter_kept", []),
    ]
    for sql, values in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    assert bytes(Print.objects.get().content).startswith(b"%PDF-")


def test_no_row_of_a_letter_can_point_at_another_landlord(world: World) -> None:
    letter = made(world.here)
    there = world.there.landlord
    with transaction.atomic(), landlord_scope(there.pk), pytest.raises(DatabaseError):
        _stolen(there, letter)
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        assert (Letter.objects.count(), Print.objects.count(), Sending.objects.count()) == (0, 0, 0)
