"""Pages for when something went wrong: what happened, what was kept, what to do."""

import pytest
from django.template.loader import render_to_string

from tests.components.gallery import VIVID, Person

pytestmark = pytest.mark.urls("asbcases.components.urls")
NAMES = ["404", "403", "413", "500", "csrf"]


@pytest.mark.parametrize("name", NAMES)
def test_every_error_page_needs_no_context_and_has_one_heading(name: str) -> None:
    page = render_to_string(f"errors/{name}.html")
    assert page.count("<h1>") == 1
    assert page.count("Exit this page</a>") == 2  # the button, and the skip link that leads to it


@pytest.mark.parametrize("name", NAMES)
def test_staff_are_not_shown_the_exit_of_the_public(name: str) -> None:
    assert "Exit this page" not in render_to_string(
        f"errors/{name}.html", {"me": Person("Sunita", "Officer")}
    )


@pytest.mark.parametrize(
    ("django_name", "ours"), [("404", "404"), ("403", "403"), ("500", "500"), ("403_csrf", "csrf")]
)
def test_django_finds_them_where_it_looks(django_name: str, ours: str) -> None:
    assert render_to_string(f"{django_name}.html") == render_to_string(f"errors/{ours}.html")


def test_a_refusal_says_its_reason_and_that_nothing_changed() -> None:
    page = render_to_string("errors/403.html", {"reason": "Only a <manager> may close this case."})
    assert "<p>Only a &lt;manager&gt; may close this case.</p>" in page
    assert "Nothing has been changed." in page


def test_too_much_says_to_go_back_and_whom_to_call() -> None:
    page = render_to_string("errors/413.html", {"landlord": VIVID})
    assert "Go back in your browser" in page
    assert "You can also call 020 7946 0123 and tell us." in page
