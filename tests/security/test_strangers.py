"""What somebody who is not signed in can make the server keep or work out."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.world import World
from triage.public.start import MOST_WORDS


def test_a_form_that_nobody_could_have_back_is_not_kept(world: World, client: Client) -> None:
    answer = client.post(f"/desk/cases/{world.here.case.reference}/note/", {"text": "x" * 900_000})
    assert answer.headers["Location"] == f"/sign-in/?next=/desk/cases/{world.here.case.reference}/note/"
    assert Session.objects.count() == 0


def test_so_many_words_are_looked_for_and_no_more(world: World, client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get("/report/", {"q": "a " * 1000})
    assert sum(one["sql"].count("LIKE") for one in asked.captured_queries) == MOST_WORDS


@pytest.mark.parametrize(("length", "status"), [("²", 200), ("-5", 200), ("9" * 5000, 413)])
def test_a_length_that_is_no_number_is_no_fault_of_ours(
    db: None, client: Client, length: str, status: int
) -> None:
    assert client.get("/sign-in/", CONTENT_LENGTH=length).status_code == status
