"""The page of the letterhead: a logo is chosen, shown, taken away; letters that were made keep theirs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from landlords.permissions import Refused, Role
from letters.letterhead import content_at, logo_at
from letters.models import Letter, Logo
from letters.pages.told import sealed
from letters.services import begin_letter, make_letter
from letters.services.letterhead import remove_logo, set_logo
from tests.cases.pages import errors, words
from tests.factories.world import NOON, Side, World
from tests.letters.letterhead.pictures import logo
from timeline.clock import clock_at
from timeline.models import Event
from timeline.scope import landlord_scope

PAGE = "/desk/wording/letterhead/"


def _choose(client: Client, content: bytes, name: str = "logo.png") -> object:
    return client.post(PAGE, {"logo": SimpleUploadedFile(name, content)}, follow=True)


def _administrator(side: Side, client: Client) -> Client:
    return side.sign_in(client, Role.ADMINISTRATOR)


def test_without_a_logo_the_name_is_set_in_type(here: Side, client: Client) -> None:
    page = _administrator(here, client).get(PAGE)
    assert "There is none. Your name is set in type." in words(page)
    assert "<img" not in page.content.decode()
    assert here.landlord.email in words(page)


def test_a_logo_is_on_the_page_and_on_the_letter(here: Side, client: Client) -> None:
    page = _choose(_administrator(here, client), logo())
    found = Logo.objects.get()
    address = reverse("logo", args=[found.sha256])
    assert "The logo is on every letter that is made from now on." in words(page)
    html = page.content.decode()  # type: ignore[attr-defined]
    assert f'<img class="asb-paper__logo" src="{address}" alt="{here.landlord.name}">' in html
    assert f'<img class="asb-logo" src="{address}"' in html
    assert (found.width, found.height, found.set_by) == (400, 120, "Administrator Larkspur")
    event = Event.objects.get(verb="logo_changed")
    assert event.payload == {"sha256": found.sha256}


def test_the_picture_is_given_out_as_a_picture_only(here: Side, client: Client) -> None:
    found = set_logo(logo(), by=here.actor(Role.ADMINISTRATOR))
    response = here.sign_in(client, Role.OFFICER).get(reverse("logo", args=[found.sha256]))
    assert response.content == bytes(found.content)
    kept = ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")
    assert [response.headers[name] for name in kept] == [
        "image/png", "nosniff", "default-src 'none'; sandbox", "private, max-age=31536000, immutable",
    ]  # fmt: skip


@pytest.mark.parametrize("sha256", ["0" * 64, "x", "%20"])
def test_a_logo_that_is_none_is_not_found(here: Side, client: Client, sha256: str) -> None:
    remove_logo_after_setting(here)
    assert here.sign_in(client).get(f"{PAGE}logo/{sha256}/").status_code == 404


def remove_logo_after_setting(side: Side) -> None:
    set_logo(logo(), by=side.actor(Role.ADMINISTRATOR))
    remove_logo(by=side.actor(Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg/>", "The logo is not a picture that can be printed. Choose a PNG or JPEG."),
        (logo()[:-30], "The logo is not a picture that can be printed. Choose a PNG or JPEG."),
        (logo() + b"\0" * 1_000_000, "The logo is larger than 1 MB. Choose a smaller PNG or JPEG."),
        (b"", "The logo is not a picture that can be printed. Choose a PNG or JPEG."),
    ],
    ids=["SVG", "cut off", "large", "empty"],
)
def test_a_file_that_is_no_logo_is_refused_and_nothing_is_kept(
    here: Side, client: Client, content: bytes, why: str
) -> None:
    page = _choose(_administrator(here, client), content)
    assert errors(page) == [why]
    assert (Logo.objects.count(), Event.objects.filter(verb__startswith="logo").count()) == (0, 0)


def test_without_a_file_one_is_asked_for(here: Side, client: Client) -> None:
    assert errors(_administrator(here, client).post(PAGE, {})) == ["Choose a file"]


def test_one_that_is_refused_leaves_the_one_before(here: Side, client: Client) -> None:
    before = set_logo(logo(), by=here.actor(Role.ADMINISTRATOR))
    _choose(_administrator(here, client), b"<svg/>")
    now = logo_at()
    assert now is not None
    assert now.pk == before.pk


def test_it_is_removed_after_being_asked_once_more(here: Side, client: Client) -> None:
    set_logo(logo(), by=here.actor(Role.ADMINISTRATOR))
    _administrator(here, client)
    asked = client.get(f"{PAGE}remove-logo/")
    assert "asb-paper__logo" not in asked.content.decode()
    assert logo_at() is not None
    done = client.post(f"{PAGE}remove-logo/", follow=True)
    assert "The logo is removed. Letters show your name in type from now on." in words(done)
    assert (logo_at(), content_at()) == (None, None)
    again = client.post(f"{PAGE}remove-logo/", follow=True)
    assert "Letters have no logo. There is nothing to remove." in words(again)
    assert Event.objects.filter(verb="logo_removed").count() == 1


@pytest.mark.parametrize("role", [one for one in Role if one != Role.ADMINISTRATOR])
def test_nobody_else_changes_it(here: Side, role: str) -> None:
    with pytest.raises(Refused):
        set_logo(logo(), by=here.actor(role))
    with pytest.raises(Refused):
        remove_logo(by=here.actor(role))
    assert Logo.objects.count() == 0


def test_another_landlord_has_no_part_in_it(world: World, client: Client) -> None:
    one, other = world.here, world.there
    with landlord_scope(one.landlord.pk):
        found = set_logo(logo(), by=one.actor(Role.ADMINISTRATOR))
    with landlord_scope(other.landlord.pk):
        assert (logo_at(), Logo.objects.count()) == (None, 0)
        other.sign_in(client)
    assert client.get(reverse("logo", args=[found.sha256])).status_code == 404


def test_what_was_set_is_never_changed(here: Side) -> None:
    found = set_logo(logo(), by=here.actor(Role.ADMINISTRATOR))
    found.set_by = "Somebody else"
    with pytest.raises(DatabaseError), transaction.atomic():
        found.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        found.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_by FROM letters_logo WHERE id = %s", [found.pk])
        assert cursor.fetchall() == [("Administrator Larkspur",)]


def test_a_letter_that_was_made_keeps_what_it_had(here: Side) -> None:
    """Both its bytes and how it is shown."""
    by = here.actor(Role.ADMINISTRATOR)
    with clock_at(NOON.replace(hour=13)):
        first = set_logo(logo(), by=by)
    with clock_at(NOON.replace(hour=14)):
        letter = _made(here)
    before = bytes(letter.print.content)
    with clock_at(NOON.replace(hour=15)):
        set_logo(logo(colour="#aa0000"), by=by)
        shown = str(sealed(letter)["paper"])
    assert reverse("logo", args=[first.sha256]) in shown
    assert bytes(Letter.objects.get(pk=letter.pk).print.content) == before
    assert b"/Image" in before


def _made(side: Side) -> Letter:
    letter = begin_letter(
        side.case,
        kind="acknowledgement",
        audience="complainant",
        person_id=side.complainant.pk,
        by=side.actor(),
    )
    return make_letter(letter, by=side.actor())
