"""The way in: every landlord, a search, and help for those who do not know theirs."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.policies import load
from triage.public.promises import Promised, place_of, promises_of
from triage.public.start import choose

pytestmark = pytest.mark.django_db


def listed(content: bytes) -> list[str]:
    return re.findall(r'<a class="asb-link" href="(/report/[a-z-]+/)">', content.decode())


@pytest.mark.parametrize("address", ["/", "/report/"])
def test_every_landlord_is_listed(client: Client, address: str) -> None:
    load("vivid", "derby-homes")
    response = client.get(address)
    assert response.status_code == 200
    assert listed(response.content) == ["/report/derby-homes/", "/report/vivid/"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("viv", ["/report/vivid/"]),
        ("HOMES derby", ["/report/derby-homes/"]),
        ("", ["/report/derby-homes/", "/report/vivid/"]),
        ("nobody", []),
        ("%", []),
    ],
)
def test_a_landlord_is_found_by_any_part_of_its_name(client: Client, query: str, found: list[str]) -> None:
    load("vivid", "derby-homes")
    assert listed(client.get("/report/", {"q": query}).content) == found


def test_what_was_searched_is_shown_escaped(client: Client) -> None:
    content = client.get("/report/", {"q": '<script>"'}).content.decode()
    assert content.count("No landlord here has “&lt;script&gt;&quot;” in its name.") == 1
    assert content.count('<script>"') == 0


@pytest.mark.parametrize("address", ["/report/nobody/", "/report/nobody/who/", "/report/nobody/promises/"])
def test_an_unknown_landlord_is_told_and_helped(client: Client, address: str) -> None:
    load("vivid")
    response = client.get(address)
    assert response.status_code == 404
    assert "We do not know that landlord" in response.content.decode()
    assert listed(response.content) == ["/report/vivid/"]


def test_an_unknown_step_is_not_found(client: Client) -> None:
    load("vivid")
    assert client.get("/report/vivid/nonsense/").status_code == 404


@pytest.mark.parametrize("landlords", [("vivid",), ("vivid", "believe", "plus-dane")])
def test_the_list_takes_one_query(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    rf: object,
    landlords: tuple[str, ...],
) -> None:
    load(*landlords)
    request = client.get("/").wsgi_request
    with django_assert_num_queries(1):
        assert len(listed(choose(request).content)) == len(landlords)


def test_what_is_promised_is_in_plain_words(client: Client) -> None:
    load("vivid")
    content = client.get("/report/vivid/promises/").content.decode()
    assert content.count("<li>by the end of the same working day</li>") == 1
    assert content.count("<li>by the end of the next working day</li>") == 1
    assert content.count("Our policy: 4.3.") == 1
    assert re.findall("category|level|breach|triage|perpetrator|SLA", content, re.IGNORECASE) == []


def test_a_promise_is_listed_once_with_each_of_its_times() -> None:
    from tests.factories.policies import policy_file

    found = promises_of(policy_file("plus-dane").policy)
    assert found == [
        Promised(
            "A person will contact you",
            ["within 1 working day", "within 3 working days", "within 5 working days"],
            ["Reporting ASB"],
        )
    ]


@pytest.mark.parametrize(
    ("clause", "place"),
    [
        ("4.3 Category A", "4.3"),
        ("Policy 13", "Policy 13"),
        ("8.1 row 1", "8.1"),
        ("Appendix 2", "Appendix 2"),
        ("Reporting ASB, response table, Level 1", "Reporting ASB"),
        ("Reporting ASB (unnumbered; contents s6)", "Reporting ASB"),
    ],
)
def test_the_place_in_the_policy_names_no_grade(clause: str, place: str) -> None:
    assert place_of(clause) == place
