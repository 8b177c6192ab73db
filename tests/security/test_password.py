"""Whoever made an account knows its first password; its owner can see to it that they know no later one."""

from django.test import Client

from landlords.permissions import Role
from tests.cases.pages import errors
from tests.factories.world import PASSWORD, Side, World

PAGE = "/desk/password/"
NEW = "seven unusual herons"


def _signed_in(side: Side, client: Client, password: str = PASSWORD) -> bool:
    email = side.members[Role.OFFICER].user.email
    client.post("/sign-in/", {"username": email, "password": password})
    return client.get(PAGE).status_code == 200


def _given(side: Side) -> None:
    user = side.members[Role.OFFICER].user
    user.set_password(PASSWORD)
    user.save()


def _typed(old: str, new: str, again: str) -> tuple[tuple[str, str], ...]:
    return (("old_password", old), ("new_password1", new), ("new_password2", again))


def test_the_first_password_ends_and_with_it_every_other_session(world: World, client: Client) -> None:
    _given(world.here)
    elsewhere = Client()
    assert (_signed_in(world.here, client), _signed_in(world.here, elsewhere)) == (True, True)
    answer = client.post(PAGE, dict(_typed(PASSWORD, NEW, NEW)))
    assert answer.headers["Location"] == "/desk/start/"
    assert client.get(PAGE).status_code == 200
    assert elsewhere.get(PAGE).status_code == 302
    assert (_signed_in(world.here, Client()), _signed_in(world.here, Client(), NEW)) == (False, True)


def test_what_is_refused_changes_nothing(world: World, client: Client) -> None:
    _given(world.here)
    assert _signed_in(world.here, client)
    refused = {
        _typed("guessed", NEW, NEW): ["This is not your password now. Type it again."],
        _typed(PASSWORD, NEW, "another"): ["The two new passwords are not the same. Type them again."],
        _typed(PASSWORD, "short", "short"): [
            "This password is too short. It must contain at least 12 characters."
        ],
        _typed("", "", ""): [
            "Enter your password now.",
            "Enter a new password.",
            "Enter the new password again.",
        ],
    }
    assert {typed: errors(client.post(PAGE, dict(typed))) for typed in refused} == refused
    assert _signed_in(world.here, Client())
