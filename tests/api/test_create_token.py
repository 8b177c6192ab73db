"""``manage.py create_token``: a token is printed once, or each mistake is on a line of its own."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from landlords.models import ApiToken
from landlords.tokens import digest_of
from tests.api.partners import PartnerSystem
from tests.factories.world import World
from timeline.scope import landlord_scope

GOOD = ["--landlord", "vivid", "--name", "Harrow Council", "--scope", "reports:write"]


def tokens(world: World) -> list[ApiToken]:
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        return list(ApiToken.objects.all())


def test_a_token_is_printed_once_and_works(world: World) -> None:
    out = StringIO()
    call_command("create_token", *GOOD, "--scope", "cases:read", stdout=out)
    token = out.getvalue().strip()
    (kept,) = tokens(world)
    assert (kept.name, kept.scopes, kept.digest) == (
        "Harrow Council",
        ["reports:write", "cases:read"],
        digest_of(token),
    )
    answer = PartnerSystem(token).get(f"/api/v1/cases/{world.here.case.reference}/")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ["--landlord", "nobody", *GOOD[2:]],
            ["--landlord: 'nobody' is not a landlord; the landlords: derby-homes, vivid"],
        ),
        (
            [*GOOD[:3], " ", *GOOD[4:]],
            ["--name: say which partner system the token is for, in at most 100 characters"],
        ),
        (
            [*GOOD, "--scope", "cases:write"],
            ["--scope: 'cases:write' is not a scope; expected reports:write or cases:read"],
        ),
        (
            [],
            [
                "--landlord: '' is not a landlord; the landlords: derby-homes, vivid",
                "--name: say which partner system the token is for, in at most 100 characters",
                "--scope: none given; expected reports:write or cases:read",
            ],
        ),
    ],
)
def test_bad_input_is_one_line_each_and_makes_nothing(
    world: World, arguments: list[str], lines: list[str]
) -> None:
    errors = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("create_token", *arguments, stderr=errors)
    assert (stopped.value.code, errors.getvalue().splitlines()) == (2, lines)
    assert tokens(world) == []
