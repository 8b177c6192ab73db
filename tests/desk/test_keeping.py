"""A form written while the session ended is kept for its writer, and for nobody else."""

import re

from django.test import Client

from landlords.permissions import Role
from tests.factories.world import PASSWORD, Side, World

SECRET = "She is at the refuge in Harrowmere"


def signed_in(side: Side, client: Client, role: str = Role.OFFICER) -> Client:
    user = side.members[role].user
    user.set_password(PASSWORD)
    user.save()
    answer = client.post("/sign-in/", {"username": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    client.get("/desk/start/")
    return client


def session_ends(client: Client) -> None:
    del client.cookies["sessionid"]


def write(client: Client, side: Side) -> None:
    answer = client.post(f"/desk/cases/{side.case.reference}/note/", {"text": SECRET, "version": "7d0f"})
    assert answer.headers["Location"] == "/sign-in/?next=/desk/resume/"


def test_the_writer_gets_it_back_once(world: World, client: Client) -> None:
    signed_in(world.here, client)
    session_ends(client)
    write(client, world.here)
    signed_in(world.here, client)
    page = client.get("/desk/resume/").content.decode().partition("<main")[2]
    told = "".join(re.split(r"<[^>]+>", page))
    assert (SECRET in told, world.here.case.reference in told, "7d0f" in told) == (True, True, False)
    assert client.get("/desk/resume/").headers["Location"] == "/desk/start/"


def test_somebody_else_who_signs_in_does_not_see_it(world: World, client: Client) -> None:
    signed_in(world.here, client)
    session_ends(client)
    write(client, world.here)
    for side, role in ((world.there, Role.OFFICER), (world.here, Role.MANAGER)):
        signed_in(side, client, role)
        assert client.get("/desk/resume/").headers["Location"] == "/desk/start/"


def test_changing_the_landlord_makes_open_pages_worthless(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.both)
    page = client.get("/choose-landlord/")
    token = page.context["csrf_token"]
    client.post("/desk/act-for/", {"landlord": world.here.landlord.key, "csrfmiddlewaretoken": str(token)})
    answer = client.post("/desk/log/", {"csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 403
