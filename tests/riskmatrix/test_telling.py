"""The managers of a case's team hear of a high risk: once for each assessment, and without a name."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.notifications import compose
from landlords.models import Membership, Team
from landlords.permissions import Refused, Role
from landlords.services import add_member
from riskmatrix.models import Assessment
from riskmatrix.services import assess_risk
from riskmatrix.services.telling import tell_managers
from tests.cases.pages import words
from tests.factories.world import NOON, Side, World
from tests.riskmatrix.answering import HIGH, LOWEST, MEDIUM, answers
from timeline.actors import Actor, system
from timeline.models import Notification
from timeline.scope import landlord_scope


def assess(
    side: Side, told: dict[int, str | list[str]] = HIGH, band: str = "high", by: Actor | None = None
) -> Assessment:
    return assess_risk(
        side.case,
        person_id=side.complainant.pk,
        answers=answers(told),
        confirmed_band=band,
        by=by or side.actor(),
    )


def manager(side: Side, name: str, team: str = "") -> Membership:
    return add_member(
        email=f"{name}@example.org", name=name, role=Role.MANAGER, team=team, by=system("Tests")
    )


def told() -> list[int | None]:
    found = Notification.objects.filter(kind="high_risk").order_by("user_id")
    return list(found.values_list("user_id", flat=True))


def test_the_managers_of_the_team_are_told_and_nobody_else(here: Side) -> None:
    theirs = [manager(here, "beth", here.case.team.key), manager(here, "carl", here.case.team.key)]
    other = Team.objects.exclude(pk=here.case.team_id).order_by("pk")[0]
    manager(here, "dora", other.key)
    assess(here)
    assert told() == sorted(one.user_id for one in theirs)
    one = Notification.objects.filter(kind="high_risk").order_by("pk")[0]
    assert (one.case_id, one.team_id, one.payload) == (here.case.pk, None, {})
    assert (one.email_state, one.email_next_at, one.created_at) == ("waiting", NOON, NOON)


def test_without_a_manager_of_the_team_those_of_every_team_are(here: Side) -> None:
    assess(here)
    assert told() == [here.members[Role.MANAGER].user_id]


def test_whoever_assessed_knows_already(here: Side) -> None:
    beth, carl = manager(here, "beth", here.case.team.key), manager(here, "carl", here.case.team.key)
    assess(here, by=beth.actor())
    assert told() == [carl.user_id]


def test_where_the_only_manager_of_the_team_assessed_the_ones_above_are_told(here: Side) -> None:
    beth = manager(here, "beth", here.case.team.key)
    assess(here, by=beth.actor())
    assert told() == [here.members[Role.MANAGER].user_id]


def test_each_high_assessment_tells_once(here: Side) -> None:
    first = assess(here)
    tell_managers(here.case, first, by=here.actor())
    assert len(told()) == 1
    assess(here)
    assert len(told()) == 2


@pytest.mark.parametrize(("answered", "band"), [(LOWEST, "low"), (MEDIUM, "medium")])
def test_a_lower_band_tells_nobody(here: Side, answered: dict[int, str | list[str]], band: str) -> None:
    assess(here, answered, band)
    assert told() == []


def test_a_refused_assessment_tells_nobody(here: Side) -> None:
    with pytest.raises(Refused):
        assess(here, by=here.actor(Role.AUDITOR))
    assert (told(), Assessment.objects.count()) == ([], 0)


def test_the_mail_and_the_notice_name_nobody(here: Side, client: Client) -> None:
    assess(here)
    mail = compose(Notification.objects.get(kind="high_risk"))
    assert mail is not None
    assert mail.to == ["manager@vivid.example"]
    assert mail.subject == f"High risk: see what is done, {here.case.reference}"
    assert "Amina" not in mail.body
    page = words(here.sign_in(client, Role.MANAGER).get(reverse("notices")))
    assert f"High risk: see what is done, {here.case.reference}" in page
    assert "High risk" not in words(here.sign_in(client).get(reverse("notices")))


def test_another_landlords_managers_hear_nothing(here: Side, world: World) -> None:
    assess(here)
    with landlord_scope(world.there.landlord.pk):
        assert told() == []
