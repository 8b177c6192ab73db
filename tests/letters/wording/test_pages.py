"""The pages of an administrator who changes words: what they show, what they save, what they refuse."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from landlords.permissions import Role
from letters.kinds import Audience
from letters.models import Wording
from letters.pages.wording.shown import address
from letters.slots import Slot
from letters.wordings import words_for
from tests.cases.pages import errors
from tests.factories.world import Side, World
from tests.letters.wording.words import ADDED, SLOT, changed, drafted, published

PAGES = (
    "wording",
    "wording-draft",
    "wording-preview",
    "publish-wording",
    "give-wording-up",
    "shipped-wording",
)
DRAFT, PUBLISH = address("wording-draft", SLOT), address("publish-wording", SLOT)


def typed(side: Side, *, added: str = ADDED, button: str = "save", seen: str | None = None) -> dict[str, str]:
    subject, body = changed(side, added=added)
    lines = body.replace("\n", "\r\n")
    return {"subject": subject, "body": lines, "seen": SLOT.stamp() if seen is None else seen, button: "1"}


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def administrator(here: Side, client: Client) -> Client:
    return here.sign_in(client, Role.ADMINISTRATOR)


def test_every_letter_is_listed_with_whose_words_it_has(here: Side, administrator: Client) -> None:
    published(here)
    drafted(here, added="Another sentence.")
    page = text(administrator.get(reverse("wordings")))
    assert (page.count("Your version 1"), page.count("Draft waiting")) == (1, 1)
    assert address("wording", Slot("information_request", Audience.PARTNER, True)) in page


def test_the_list_asks_the_database_no_more_with_more_versions(
    here: Side, administrator: Client, django_assert_max_num_queries: Any
) -> None:
    published(here)
    drafted(here, added="Another sentence.")
    administrator.get(reverse("wordings"))
    with django_assert_max_num_queries(12):
        administrator.get(reverse("wordings"))


def test_from_the_first_word_to_publishing_and_back(here: Side, administrator: Client) -> None:
    saved = administrator.post(DRAFT, typed(here))
    assert saved["Location"] == DRAFT
    draft = SLOT.draft()
    assert draft is not None
    assert draft.body == changed(here)[1]
    asked = text(administrator.get(PUBLISH))
    assert f'<ins><span class="govuk-visually-hidden">Put in: </span>{ADDED}</ins>' in asked
    assert words_for("vivid", SLOT.kind, SLOT.audience).version == 0
    done = administrator.post(PUBLISH, {"seen": SLOT.stamp()})
    assert done["Location"] == address("wording", SLOT)
    assert words_for("vivid", SLOT.kind, SLOT.audience).version == 1
    page = text(administrator.get(done["Location"]))
    assert (ADDED in page, "Your version 1." in page) == (True, True)
    back = administrator.post(address("shipped-wording", SLOT), {"seen": SLOT.stamp()}, follow=True)
    assert "The words that came with the system." in text(back)
    assert words_for("vivid", SLOT.kind, SLOT.audience).version == 0


def test_save_and_go_on_leads_to_the_confirmation_and_publishes_nothing(
    here: Side, administrator: Client
) -> None:
    response = administrator.post(DRAFT, typed(here, button="publish"))
    assert response["Location"] == PUBLISH
    assert list(SLOT.own.values_list("status", flat=True)) == ["draft"]


@pytest.mark.parametrize("name", ["publish-wording", "give-wording-up"])
def test_a_confirmation_that_was_not_seen_does_nothing(here: Side, administrator: Client, name: str) -> None:
    drafted(here)
    page = administrator.post(address(name, SLOT), {})
    assert "Somebody else has changed these words" in text(page)
    assert list(SLOT.own.values_list("status", flat=True)) == ["draft"]


def test_showing_the_preview_saves_nothing(here: Side, administrator: Client) -> None:
    shown = text(administrator.post(DRAFT, typed(here, button="look")))
    assert f"<p>{ADDED}</p>" in shown
    fragment = text(administrator.post(address("wording-preview", SLOT), typed(here)))
    assert f"<p>{ADDED}</p>" in fragment
    assert "<html" not in fragment
    assert Wording.objects.count() == 0


def test_the_preview_holds_nothing_of_a_case(here: Side, administrator: Client) -> None:
    page = text(administrator.get(DRAFT))
    for told in (here.complainant.name, here.case.reference, here.submitted.report.reference, "07700 900123"):
        assert told not in page
    assert "Marguerite Thornbury" in page


def test_values_are_listed_for_this_reader_with_their_meaning(here: Side, administrator: Client) -> None:
    page = text(administrator.get(DRAFT))
    other = text(
        administrator.get(address("wording-draft", Slot("first_warning", Audience.RESPONDENT, False)))
    )
    listed = 'data-insert="[first_report]"'
    assert (listed in page, listed in other) == (True, False)
    assert "The day they reported it first" in page
    assert 'data-insert="[behaviour]"' in other


def test_the_second_of_two_is_told_and_what_they_typed_stays(here: Side, administrator: Client) -> None:
    seen = SLOT.stamp()
    administrator.post(DRAFT, typed(here, added="Words of the first.", seen=seen))
    second = administrator.post(DRAFT, typed(here, added="Words of the second.", seen=seen))
    page = text(second)
    assert len(errors(second)) == 2
    assert "How yours differs from what Administrator Larkspur saved" in page
    draft = SLOT.draft()
    assert draft is not None
    assert ("Words of the first." in draft.body, "Words of the second." in page.split("<textarea")[1]) == (
        True,
        True,
    )
    again = administrator.post(DRAFT, typed(here, added="Words of the second.", seen=SLOT.stamp()))
    assert again["Location"] == DRAFT
    draft.refresh_from_db()
    assert "Words of the second." in draft.body


def test_what_was_published_meanwhile_is_told_too(here: Side, administrator: Client) -> None:
    drafted(here)
    seen = SLOT.stamp()
    administrator.post(PUBLISH, {"seen": seen})
    page = administrator.post(DRAFT, typed(here, added="Words of the second.", seen=seen))
    assert "Words of the second." in text(page).split("<textarea")[1]
    assert "How yours differs from what Administrator Larkspur saved" in text(page)
    assert list(SLOT.own.values_list("status", flat=True)) == ["published"]


def test_an_old_version_is_shown_and_begins_a_draft(here: Side, administrator: Client) -> None:
    published(here)
    published(here, added="Another sentence.")
    old = text(administrator.get(address("wording-version", SLOT, 1)))
    assert (ADDED in old, "No longer used" in old, f"{DRAFT}?from=1" in old) == (True, True, True)
    assert "Another sentence.</ins>" in old
    assert "What has changed since" not in text(administrator.get(address("wording-version", SLOT, 2)))
    begun = text(administrator.get(f"{DRAFT}?from=1")).split("<textarea")[1].split("</textarea>")[0]
    assert (ADDED in begun, "Another sentence." in begun) == (True, False)
    ours = text(administrator.get(f"{DRAFT}?from=0")).split("<textarea")[1].split("</textarea>")[0]
    assert ADDED not in ours
    assert "As supplied" in text(administrator.get(address("wording-version", SLOT, 0)))


@pytest.mark.parametrize("path", [address("wording-version", SLOT, 7), f"{DRAFT}?from=7"])
def test_a_version_that_is_not_there_is_not_found(administrator: Client, path: str) -> None:
    assert administrator.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "acknowledgement/respondent/standard",
        "acknowledgement/nobody/standard",
        "unknown/complainant/standard",
        "acknowledgement/complainant/large_print",
    ],
)
def test_a_letter_that_there_is_not_is_not_found(administrator: Client, path: str) -> None:
    assert administrator.get(f"/desk/wording/{path}/").status_code == 404


@pytest.mark.parametrize("name", ["publish-wording", "give-wording-up", "shipped-wording"])
def test_where_there_is_nothing_to_confirm_one_is_told_so(administrator: Client, name: str) -> None:
    page = administrator.get(address(name, SLOT), follow=True)
    assert page.redirect_chain[-1][0] == address("wording", SLOT)
    assert "nothing to do it with" in text(page)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"body": "   \r\n "}, ["Write the words of the letter"]),
        ({"subject": " "}, ["Write the heading of the letter"]),
        ({"subject": "x" * 201}, ["The heading must be 200 characters or fewer; it has 201"]),
        (
            {"body": "x" * 200_000},
            ["The words must be 20,000 characters or fewer; they have 200000. Letters say little to be read"],
        ),
        ({"body": "Wor\0ds"}, ["Null characters are not allowed."]),
    ],
)
def test_bad_input_is_told_and_stays_on_the_page(
    here: Side, administrator: Client, change: dict[str, str], why: list[str]
) -> None:
    page = administrator.post(DRAFT, {**typed(here), **change})
    assert errors(page) == why
    assert "No preview" in text(page)
    assert "No preview" in text(
        administrator.post(address("wording-preview", SLOT), {**typed(here), **change})
    )
    assert Wording.objects.count() == 0


HOSTILE = "{{ 7|add:7 }}{% debug %}<script>alert(1)</script>🙂 שלום עולם [if danger]"


def test_hostile_words_are_plain_text_in_the_preview(here: Side, administrator: Client) -> None:
    page = text(administrator.post(address("wording-preview", SLOT), typed(here, added=HOSTILE)))
    assert "{{ 7|add:7 }}{% debug %}&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert ("<script>" in page, "14" in page.split("{{ 7")[0][-5:]) == (False, False)
    assert "there are no conditions" in page


@pytest.mark.parametrize("role", [one for one in Role if one != Role.ADMINISTRATOR])
def test_nobody_else_opens_or_saves_anything(here: Side, client: Client, role: Role) -> None:
    drafted(here)
    before = SLOT.stamp()
    here.sign_in(client, role)
    for name in PAGES:
        for answer in (client.get(address(name, SLOT)), client.post(address(name, SLOT), typed(here))):
            assert answer.status_code in (403, 405)
    assert [client.get(reverse("wordings")).status_code, SLOT.stamp()] == [403, before]
    assert "Letter wording" not in text(client.get(reverse("policy")))


def test_another_landlord_sees_its_own_words_only(world: World, here: Side, client: Client) -> None:
    published(here)
    world.there.sign_in(client, Role.ADMINISTRATOR)
    assert ADDED not in text(client.get(address("wording", SLOT)))
    assert client.get(address("wording-version", SLOT, 1)).status_code == 404
    assert "Your version" not in text(client.get(reverse("wordings")))


def test_somebody_without_a_landlord_is_sent_away(world: World, client: Client) -> None:
    client.force_login(world.outsider)
    assert client.post(DRAFT, {"subject": "x", "body": "x"})["Location"] == "/choose-landlord/"
