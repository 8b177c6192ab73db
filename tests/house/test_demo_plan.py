"""The demonstration before it is loaded: its commands, its plan and its words."""

import datetime
import re
from random import Random

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from asbcases.demo import planning
from asbcases.demo.content import content, description
from asbcases.demo.loading import landlord_keys, staff_of
from asbcases.demo.office import Office
from asbcases.demo.showing import guide
from landlords.models import Landlord, User
from policies.selectors import policy_of, version_in_force
from tests.factories.policies import load
from timeline.scope import landlord_scope
from triage.facts import BEHAVIOURS

NOW = datetime.datetime(2026, 11, 18, 11, 0, tzinfo=datetime.UTC)
"""A Wednesday morning."""


def test_before_it_is_loaded_the_commands_say_so(db: None) -> None:
    assert guide() == "The demonstration is not loaded. Load it with: manage.py load_demo"
    with pytest.raises(CommandError, match=re.escape("Load the demonstration first: manage.py load_demo")):
        call_command("seed_due_soon")


@pytest.mark.parametrize("command", ["load_demo", "seed_due_soon"])
def test_a_password_everybody_knows_stays_off_real_installations(
    command: str, db: None, settings: object
) -> None:
    settings.LOCAL_MODE = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="LOCAL_MODE"):
        call_command(command)
    assert User.objects.count() == 0


def test_the_same_year_is_planned_each_time(db: None) -> None:
    load("vivid")
    landlord = Landlord.objects.get(key="vivid")
    with transaction.atomic(), landlord_scope(landlord.pk):
        policy = policy_of(version_in_force(NOW.date()))
    office = Office(landlord, policy, content("landlords")["landlords"]["vivid"], [], NOW)
    plans = planning.year_of_reports(office)
    assert planning.year_of_reports(office) == plans
    assert len(plans) == planning.REPORTS
    assert {twist for plan in plans for twist in plan.twists} == set(planning.TWISTS)


def test_every_behaviour_has_words_of_its_own() -> None:
    assert set(content("reports")["bodies"]) == set(BEHAVIOURS)
    for behaviour in BEHAVIOURS:
        told = description(Random(1), behaviour)
        assert told == description(Random(1), behaviour)
        assert told[0] == told[0].upper()
        assert "{" not in told


def test_no_invented_name_is_longer_than_forty_letters_and_some_is_that_long() -> None:
    people = content("landlords")
    names = [f"{first} {last}" for first in people["first_names"] for last in people["last_names"]]
    assert max(map(len, names)) == 40
    emails = [person["email"] for key in landlord_keys() for person in staff_of(key)]
    assert len(set(emails)) == len(emails) - 1  # one person has two landlords
