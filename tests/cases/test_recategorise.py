"""Changing a level moves clocks as decision 13 says, and erases nothing."""

import datetime

import pytest

from cases.models import Breach, Categorisation, Deadline
from cases.services.categorising import reassign, recategorise
from cases.services.working import ContactDetails, record_contact
from cases.sweep import sweep_landlord
from landlords.permissions import Refused, Role
from tests.factories.world import NOON, Side
from timeline.clock import clock_at
from timeline.models import Event

UTC = datetime.UTC
END_OF_MONDAY = datetime.datetime(2026, 11, 16, 23, 59, 59, tzinfo=UTC)
END_OF_TUESDAY = END_OF_MONDAY + datetime.timedelta(days=1)


def first_contacts(here: Side) -> list[tuple[str, datetime.datetime | None]]:
    found = Deadline.objects.filter(case=here.case, kind="initial_contact").order_by("pk")
    return [(one.state, one.due_at) for one in found]


def test_up_with_first_contact_unmet_the_earlier_date_stands(here: Side) -> None:
    recategorise(here.case, level="a", reason="Threats now", by=here.actor())
    assert first_contacts(here) == [("withdrawn", END_OF_TUESDAY), ("running", END_OF_MONDAY)]


def test_up_never_makes_a_date_later(here: Side) -> None:
    with clock_at(END_OF_TUESDAY - datetime.timedelta(hours=3)):
        recategorise(here.case, level="a", reason="Threats now", by=here.actor())
    assert first_contacts(here) == [("withdrawn", END_OF_TUESDAY), ("running", END_OF_TUESDAY)]


def test_up_after_first_contact_owes_it_again(here: Side) -> None:
    record_contact(
        here.case, ContactDetails(here.complainant.pk, "telephone", "spoke", NOON), by=here.actor()
    )
    with clock_at(NOON + datetime.timedelta(hours=1)):
        recategorise(here.case, level="a", reason="Threats now", by=here.actor())
    assert first_contacts(here) == [("met", END_OF_TUESDAY), ("running", END_OF_MONDAY)]


def test_a_miss_stays_when_the_level_goes_up_and_contact_is_owed_anew(here: Side) -> None:
    wednesday = datetime.datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
    with clock_at(wednesday):
        sweep_landlord(here.landlord.pk)
        recategorise(here.case, level="a", reason="Threats now", by=here.actor())
    assert first_contacts(here) == [
        ("running", END_OF_TUESDAY),
        ("running", datetime.datetime(2026, 11, 18, 23, 59, 59, tzinfo=UTC)),
    ]
    assert Breach.objects.filter(deadline__case=here.case).count() == 1


def test_down_runs_again_from_its_own_start(here: Side) -> None:
    recategorise(here.case, level="a", reason="Threats now", by=here.actor())
    with clock_at(NOON + datetime.timedelta(hours=1)):
        recategorise(here.case, level="b", reason="No threat after all", by=here.actor(Role.MANAGER))
    assert first_contacts(here) == [
        ("withdrawn", END_OF_TUESDAY),
        ("withdrawn", END_OF_MONDAY),
        ("running", END_OF_TUESDAY),
    ]


def test_the_team_of_the_level_takes_the_case_and_the_history_is_kept(here: Side) -> None:
    case = recategorise(here.case, level="a", reason="Threats now", by=here.actor())
    assert (case.team.key, case.owner, case.level_label) == ("tenancy_enforcement", None, "Category A")
    history = Categorisation.objects.filter(case=here.case).values_list("level", "reason")
    assert list(history) == [("b", "Triage of the first report"), ("a", "Threats now")]
    assert Event.objects.filter(verb="recategorised").values_list("payload", flat=True)[0] == {
        "before": "Category B",
        "after": "Category A",
    }


@pytest.mark.parametrize(
    ("level", "reason", "role"),
    [
        ("b", "same", Role.OFFICER),
        ("z", "unknown", Role.OFFICER),
        ("a", "  ", Role.OFFICER),
        ("a", "not mine to say", Role.ADVISER),
        ("a", "only reading", Role.AUDITOR),
    ],
)
def test_a_refused_change_changes_nothing(here: Side, level: str, reason: str, role: str) -> None:
    before = (first_contacts(here), Event.objects.count())
    with pytest.raises(Refused):
        recategorise(here.case, level=level, reason=reason, by=here.actor(role))
    assert (first_contacts(here), Event.objects.count()) == before
    assert Categorisation.objects.filter(case=here.case).count() == 1


def test_giving_a_case_to_somebody_keeps_its_clocks(here: Side) -> None:
    before = first_contacts(here)
    case = reassign(
        here.case, owner=here.members[Role.OFFICER], reason="Her patch", by=here.actor(Role.MANAGER)
    )
    assert (case.owner, case.status) == (here.members[Role.OFFICER], "in_hand")
    assert first_contacts(here) == before
