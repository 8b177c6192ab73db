"""The progress page: a right reference and code show one report; anything else shows the same nothing."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.world import World
from triage.progress.codes import MOST_WRONG, code_of


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def ask(client: Client, reference: str, code: str) -> str:
    response = client.post("/progress/", {"reference": reference, "code": code})
    assert response.status_code == 200
    return response.content.decode()


def test_the_right_code_shows_the_promise_and_no_case(world: World, client: Client) -> None:
    report = world.here.submitted.report
    page = ask(client, report.reference.lower().replace("-", " "), code_of(report.reference))
    assert f"Your report {report.reference}" in page
    assert "A person will contact you by the end of Tuesday 17 November 2026." in page
    assert world.here.case.reference not in page
    assert "Larkspur" not in page


def test_a_wrong_code_and_an_unknown_reference_answer_alike(world: World, client: Client) -> None:
    report = world.here.submitted.report
    wrong = ask(client, report.reference, "000000" if code_of(report.reference) != "000000" else "111111")
    unknown = ask(client, "VV-00000-00000", "000000")
    for page in (wrong, unknown):
        assert "We cannot find a report with this reference and code." in page
        assert "What we promised you" not in page


def test_guessing_shuts_the_reference_even_to_the_right_code(world: World, client: Client) -> None:
    reference = world.here.submitted.report.reference
    right = code_of(reference)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _guess in range(MOST_WRONG):
        ask(client, reference, wrong)
    assert "What we promised you" not in ask(client, reference, right)


def test_a_code_fits_only_its_own_reference(world: World, client: Client) -> None:
    other = world.there.submitted.report.reference
    assert "What we promised you" not in ask(client, world.here.submitted.report.reference, code_of(other))
