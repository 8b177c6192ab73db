"""The pages of questions: nothing typed is lost, and "Exit this page" leaves nothing."""

import datetime
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories.policies import load
from tests.factories.world import NOON, PASSWORD, World
from tests.triage.public_answers import ANONYMOUS, ANSWERS, address, fill_in
from timeline.clock import clock_at

LOST = "To keep you safe we keep answers for 30 minutes only"


def errors(content: bytes) -> list[str]:
    """What the summary at the top says."""
    summary = re.search(r"govuk-error-summary__list\">(.*?)</ul>", content.decode(), re.DOTALL)
    return re.findall(r"<li>(?:<a[^>]*>)?([^<]+)", summary[1]) if summary else []


@pytest.fixture
def visitor(world: World) -> Client:
    return Client()


def test_the_pages_come_in_order_and_end_in_the_check(visitor: Client) -> None:
    following = [
        visitor.post(address(step), answers).headers["Location"] for step, answers in ANSWERS.items()
    ]
    assert following == [
        "/report/vivid/when/",
        "/report/vivid/who/",
        "/report/vivid/effect/",
        "/report/vivid/you/",
        "/report/vivid/check/",
    ]


@pytest.mark.parametrize("step", ANSWERS)
def test_a_page_nobody_has_answered_shows_no_error(visitor: Client, step: str) -> None:
    response = visitor.get(address(step))
    assert (response.status_code, errors(response.content)) == (200, [])


def test_the_first_page_must_be_answered(visitor: Client) -> None:
    response = visitor.post(address("what"), {})
    assert errors(response.content) == [
        "Choose what is happening, or choose “Something else, or I am not sure”"
    ]
    assert "<title>Error: What is happening" in response.content.decode()


def test_going_back_shows_what_was_typed_right_or_wrong(visitor: Client) -> None:
    visitor.post(address("when"), {"description": "Bang <b>bang</b>", "last_on": "the day before"})
    content = visitor.get(address("when")).content
    assert "Bang &lt;b&gt;bang&lt;/b&gt;" in content.decode()
    assert errors(content) == ["Enter a day such as 27/3/2026."]


def test_whoever_is_not_sure_says_it_in_words(visitor: Client) -> None:
    visitor.post(address("what"), {"behaviours": ["unsure"]})
    assert errors(visitor.post(address("when"), {"description": "  "}).content) == [
        "Tell us what is happening, in your own words"
    ]
    assert visitor.post(address("when"), {"description": "A smell"}).status_code == 302


def test_becoming_unsure_later_asks_for_words_again(visitor: Client) -> None:
    fill_in(visitor, when={"location": "The stairs"})
    response = visitor.post(address("what"), {"behaviours": ["unsure"]})
    assert response.headers["Location"] == "/report/vivid/when/"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"last_on": "2026-11-17"}, ["The last time cannot be in the future"]),
        ({"last_on": "2026-11-16", "last_at": "12:01"}, ["The last time cannot be in the future"]),
        ({"last_at": "12:01"}, ["Choose the day as well as the time, or leave both empty"]),
        (
            {"last_on": "2026-03-29", "last_at": "01:30"},
            ["That time did not exist: the clocks went forward from 1am to 2am that night."],
        ),
        ({"description": "a" * 10_001}, ["Use 10000 characters or fewer. You have used 10001."]),
        ({"location": "a" * 301}, ["Use 300 characters or fewer. You have used 301."]),
        ({"description": "\x00"}, ["Null characters are not allowed."]),
    ],
)
def test_what_cannot_be_is_said_in_one_message(
    visitor: Client, typed: dict[str, str], told: list[str]
) -> None:
    visitor.post(address("what"), ANSWERS["what"])
    assert errors(visitor.post(address("when"), typed).content) == told


def test_ten_thousand_characters_with_line_ends_as_browsers_send_them(visitor: Client) -> None:
    visitor.post(address("what"), ANSWERS["what"])
    lines = "\r\n".join(["a" * 99] * 100)
    assert visitor.post(address("when"), {"description": lines + "a"}).status_code == 302


def test_more_than_a_megabyte_is_refused_before_it_is_read(visitor: Client) -> None:
    response = visitor.post(address("when"), {"description": "a" * (1024 * 1024 + 1)})
    assert response.status_code == 413
    assert "That was too much to send at once" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, ["Choose whether you will tell us who you are", "Choose who you are reporting this for"]),
        (
            {"name_given": "named", "on_behalf": "myself"},
            [
                "Enter your name, or choose to stay anonymous",
                "Give us one way to reach you: telephone, e-mail or address",
            ],
        ),
        (
            {
                "name_given": "named",
                "on_behalf": "myself",
                "name": "W",
                "phone": "1",
                "safe_contact": "email",
            },
            ["You chose this as the safe way to reach you, so we need it"],
        ),
        (
            ANONYMOUS | {"name": "Wren", "phone": "07700 900123"},
            [
                f"You asked to stay anonymous. Empty “{field}”, or choose to give your name."
                for field in ("Your name", "Telephone number")
            ],
        ),
        (
            {"name_given": "named", "on_behalf": "myself", "name": "W", "email": "no"},
            ["Enter an e-mail address like name@example.org"],
        ),
    ],
)
def test_who_you_are_is_asked_for_kindly_and_completely(
    visitor: Client, typed: dict[str, str], told: list[str]
) -> None:
    assert errors(visitor.post(address("you"), typed).content) == told


def test_an_answer_that_is_not_offered_is_refused(visitor: Client) -> None:
    assert errors(visitor.post(address("what"), {"behaviours": ["murder"]}).content) == [
        "Choose from the list what is happening"
    ]


def test_half_an_hour_away_keeps_what_is_sent_and_asks_for_the_rest(visitor: Client) -> None:
    for step in ("what", "when", "who"):
        visitor.post(address(step), ANSWERS[step])
    with clock_at(NOON + datetime.timedelta(minutes=30, seconds=1)):
        response = visitor.post(address("effect"), ANSWERS["effect"], follow=True)
        assert response.redirect_chain == [("/report/vivid/", 302)]
        assert LOST in response.content.decode()
        following = [
            visitor.post(address(step), ANSWERS[step]).headers["Location"] for step in ("what", "when", "who")
        ]
        assert following == ["/report/vivid/when/", "/report/vivid/who/", "/report/vivid/you/"]


def test_a_browser_that_lost_its_cookies_keeps_what_it_sends(visitor: Client) -> None:
    response = visitor.post(address("you"), ANSWERS["you"], follow=True)
    assert response.redirect_chain == [("/report/vivid/", 302)]
    assert LOST in response.content.decode()
    assert "Wren Example" in visitor.get(address("you")).content.decode()


def test_each_answer_keeps_the_draft_for_another_half_hour(visitor: Client) -> None:
    visitor.post(address("what"), ANSWERS["what"])
    with clock_at(NOON + datetime.timedelta(minutes=29)):
        visitor.post(address("when"), ANSWERS["when"])
    with clock_at(NOON + datetime.timedelta(minutes=58)):
        assert "cups move" in visitor.get(address("when")).content.decode()
    assert visitor.session.get_expiry_age() == 30 * 60


@pytest.mark.parametrize("method", ["get", "post"])
def test_exit_leaves_nothing_behind(visitor: Client, method: str) -> None:
    fill_in(visitor)
    key = visitor.session.session_key
    response = getattr(visitor, method)("/report/vivid/exit/")
    assert response.headers["Location"] == "https://www.bbc.co.uk/weather"
    assert Session.objects.filter(session_key=key).count() == 0
    assert visitor.get("/report/vivid/check/").headers["Location"] == "/report/vivid/"
    assert "Wren" not in visitor.get(address("you")).content.decode()


def test_exit_does_not_sign_a_colleague_out(world: World, visitor: Client) -> None:
    world.here.sign_in(visitor)
    fill_in(visitor)
    visitor.get("/report/vivid/exit/")
    assert "Wren" not in visitor.get(address("you")).content.decode()
    assert visitor.get("/desk/log/").status_code == 200


def test_two_landlords_have_two_drafts(visitor: Client) -> None:
    fill_in(visitor)
    assert "Wren" not in visitor.get(address("you", "derby-homes")).content.decode()
    visitor.post(address("what", "derby-homes"), {"behaviours": ["parking"]})
    assert visitor.get("/report/vivid/check/").status_code == 200


@pytest.mark.parametrize("page", [*(address(step) for step in ANSWERS), "/report/vivid/check/"])
def test_no_browser_keeps_a_page(visitor: Client, page: str) -> None:
    fill_in(visitor)
    assert visitor.get(page).headers["Cache-Control"] == (
        "max-age=0, no-cache, no-store, must-revalidate, private"
    )


def test_a_missing_token_says_to_go_back_and_keeps_nothing(world: World) -> None:
    visitor = Client(enforce_csrf_checks=True)
    response = visitor.post(address("what"), ANSWERS["what"])
    assert response.status_code == 403
    assert "Go back" in response.content.decode()
    assert "report:vivid" not in visitor.session


def test_danger_shows_the_emergency_number_on_every_later_page(visitor: Client) -> None:
    fill_in(visitor, effect={"immediate_danger": "yes"})
    shown = [visitor.get(page).content.count(b"asb-999__call") for page in (address("you"), address("check"))]
    assert shown == [1, 1]
    fill_in(visitor)
    assert visitor.get(address("you")).content.count(b"asb-999__call") == 0


def test_the_check_page_says_everything_in_words(visitor: Client) -> None:
    fill_in(visitor)
    content = visitor.get("/report/vivid/check/").content.decode()
    shown = re.findall(r'<p class="asb-kept-lines">([^<]*)</p>', content)
    assert shown == [
        "Loud or late noise",
        "Shouting or swearing at people",
        "Music so loud the cups move.\nMy little one will not sleep.",
        "Most nights from 11pm",
        "Saturday 14 November 2026",
        "23:00",
        "14 Larkspur Court, ZZ4 7QT",
        "Dale Example",
        "16 Larkspur Court",
        "They rent their home from VIVID",
        "No",
        "No",
        "I do not know",
        "Yes",
        "Yes",
        "I do not know",
        "Yes, I will give my name",
        "Wren Example",
        "I rent my home from VIVID",
        "07700 900123",
        "Only text me",
        "Weekdays from 12 noon to 2pm",
        "Myself, or my own household",
    ]


def test_an_unfinished_report_cannot_be_checked_or_sent(visitor: Client, world: World) -> None:
    visitor.post(address("what"), ANSWERS["what"])
    for response in (visitor.get(address("check")), visitor.post(address("check"), {"draft": "x"})):
        assert response.headers["Location"] == "/report/vivid/when/"


def test_looking_at_the_pages_keeps_no_session(db: None) -> None:
    load("vivid")
    visitor = Client()
    for step in ANSWERS:
        visitor.get(address(step))
    assert Session.objects.count() == 0


def test_signing_in_after_looking_at_the_form_lasts_the_working_day(world: World, visitor: Client) -> None:
    visitor.post(address("what"), ANSWERS["what"])
    user = world.outsider
    visitor.post("/sign-in/", {"username": user.email, "password": PASSWORD})
    assert (visitor.session.get_expiry_age(), visitor.session["_auth_user_id"]) == (
        12 * 60 * 60,
        str(user.pk),
    )
