"""Part of a case becomes a case of its own: its clocks keep their start, and it can be put back."""

import pytest

from cases.models import Case, CaseLink, Deadline, Evidence, Incident, Rearrangement
from cases.selectors.links import links_of
from cases.services.linking import unlink_cases
from cases.services.splitting import split_case
from cases.services.undoing import undo
from cases.services.working import IncidentDetails, add_incident, add_note
from cases.sweep import sweep_landlord
from landlords.permissions import Refused, Role
from tests.cases.linking.world import DAY, everything, officer, told
from tests.factories.world import NOON, Side, World
from timeline.clock import clock_at
from timeline.models import Event

BOTH = NOON + DAY


@pytest.fixture
def whole(here: Side) -> Case:
    """A case with three reports: two of Amina's, and one of Bashir's that was another matter."""
    with clock_at(BOTH):
        told(here, "verbal_abuse", known=here.complainant, at=BOTH, join=here.case)
        told(here, "litter_fly_tipping", who="Bashir", at=BOTH, join=here.case)
    return Case.objects.get(pk=here.case.pk)


def incidents(case: Case, *behaviours: str) -> list[int]:
    return [one.pk for one in case.incidents.all() if set(one.behaviours) & set(behaviours)]


def split(here: Side, whole: Case, *behaviours: str) -> Case:
    with clock_at(BOTH):
        return split_case(
            whole,
            incident_ids=incidents(whole, *behaviours),
            reason="Another flat",
            title="Rubbish",
            by=officer(here),
        )


def test_the_chosen_reports_get_a_case_of_their_own(here: Side, whole: Case) -> None:
    new = split(here, whole, "litter_fly_tipping")
    assert [one.behaviours for one in new.incidents.all()] == [["litter_fly_tipping"]]
    assert whole.incidents.count() == 2
    assert (new.title, new.level, new.policy_id, new.team_id) == (
        "Rubbish",
        "b",
        whole.policy_id,
        whole.team_id,
    )
    assert new.behaviours == ["litter_fly_tipping"]
    assert [row.link.kind for row in links_of(whole, by=officer(here))] == ["split"]
    assert Event.objects.filter(verb="case_split").count() == 2
    names = sorted(party.person.name for party in new.parties.all())
    assert names == ["Bashir Larkspur", "Dale Larkspur"]


def test_a_complainant_with_nothing_left_takes_their_clocks_along(here: Side, whole: Case) -> None:
    theirs = Deadline.objects.filter(case=whole, person__name="Bashir Larkspur", state="running")
    before = {one.pk: (one.start_at, one.due_at) for one in theirs}
    new = split(here, whole, "litter_fly_tipping")
    assert {one.pk: (one.start_at, one.due_at) for one in new.deadlines.all()} == before
    assert whole.parties.filter(person__name="Bashir Larkspur").count() == 0


def test_a_complainant_on_both_is_owed_on_both_from_the_same_start(here: Side, whole: Case) -> None:
    here_running = whole.deadlines.filter(person=here.complainant, report__isnull=True, state="running")
    times = sorted((one.kind, one.start_at, one.due_at) for one in here_running if one.due_at)
    new = split(here, whole, "verbal_abuse")
    copied = new.deadlines.filter(person=here.complainant, report__isnull=True)
    assert sorted((one.kind, one.start_at, one.due_at) for one in copied if one.due_at) == times
    assert whole.deadlines.filter(
        person=here.complainant, report__isnull=True, state="running"
    ).count() == len(copied)
    own = new.deadlines.get(kind="initial_contact")
    assert own.start_at == BOTH


def test_what_is_missed_already_is_not_missed_twice(here: Side, whole: Case) -> None:
    with clock_at(NOON + 30 * DAY):
        sweep_landlord(here.landlord.pk)
        missed = Deadline.objects.filter(
            breached_at__isnull=False, person=here.complainant, report=None
        ).count()
        split_case(
            whole, incident_ids=incidents(whole, "verbal_abuse"), reason="Another flat", by=officer(here)
        )
        sweep_landlord(here.landlord.pk)
    again = Deadline.objects.filter(breached_at__isnull=False, person=here.complainant, report=None).count()
    assert again == missed


@pytest.mark.parametrize(
    ("behaviours", "reason", "words"),
    [
        (("noise", "verbal_abuse", "litter_fly_tipping"), "x", "Leave at least one report on this case."),
        (("garden_nuisance",), "x", "Choose at least one report: a case begins with one."),
        (("noise",), " ", "Say why this is a case of its own."),
    ],
)
def test_one_report_goes_and_one_stays(
    here: Side, whole: Case, behaviours: tuple[str, ...], reason: str, words: str
) -> None:
    add_incident(whole, IncidentDetails("Hedge", ["garden_nuisance"]), by=officer(here))
    with pytest.raises(Refused) as refused:
        split_case(whole, incident_ids=incidents(whole, *behaviours), reason=reason, by=officer(here))
    assert refused.value.reasons == [words]
    assert (Rearrangement.objects.count(), CaseLink.objects.count()) == (0, 0)


def test_what_is_on_another_case_cannot_be_chosen(world: World, here: Side, whole: Case) -> None:
    other = told(here, "noise", who="Chidi")
    for stranger in (other.incidents.get().pk, 10**9):
        with pytest.raises(Refused, match="Choose from what is on this case"):
            split_case(whole, incident_ids=[stranger], reason="x", by=officer(here))
    assert Rearrangement.objects.count() == 0


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR])
def test_others_may_not_split(here: Side, whole: Case, role: str) -> None:
    with pytest.raises(Refused):
        split_case(whole, incident_ids=incidents(whole, "noise"), reason="x", by=here.actor(role))
    assert Rearrangement.objects.count() == 0


def test_a_restricted_case_stays_restricted_in_both_parts(here: Side, whole: Case) -> None:
    Case.objects.filter(pk=whole.pk).update(restricted=True)
    whole = Case.objects.get(pk=whole.pk)
    new = split_case(whole, incident_ids=incidents(whole, "noise"), reason="x", by=here.actor(Role.MANAGER))
    assert (new.restricted, new.domestic_abuse) == (True, False)


def test_undoing_puts_back_the_very_same_rows(here: Side, whole: Case) -> None:
    with clock_at(BOTH):
        before = everything(whole)
        new = split(here, whole, "verbal_abuse", "litter_fly_tipping")
        assert everything(whole) != before
        undo(Rearrangement.objects.get(), reason="One matter", by=officer(here))
        assert everything(whole) == before
    new = Case.objects.get(pk=new.pk)
    assert (new.status, new.joined_to) == ("joined", whole)
    assert new.deadlines.filter(state="running").count() == new.incidents.count() == 0
    assert links_of(whole, by=officer(here)) == []


def test_it_is_not_undone_once_work_has_begun_on_the_new_case(here: Side, whole: Case) -> None:
    new = split(here, whole, "litter_fly_tipping")
    with clock_at(BOTH + DAY):
        add_note(new, text="Seen", by=officer(here))
        before = everything(whole, new)
        with pytest.raises(Refused) as refused:
            undo(Rearrangement.objects.get(), reason="One matter", by=officer(here))
    assert refused.value.reasons == [
        f"Something has been recorded on {new.reference} since. Merge the two cases instead."
    ]
    assert everything(whole, new) == before


def test_a_miss_found_since_goes_back_with_its_clock(here: Side, whole: Case) -> None:
    split(here, whole, "litter_fly_tipping")
    with clock_at(NOON + 20 * DAY):
        sweep_landlord(here.landlord.pk)
        undo(Rearrangement.objects.get(), reason="One matter", by=officer(here))
    back = whole.deadlines.get(kind="initial_contact", person__name="Bashir Larkspur")
    assert (back.breached_at, back.needs_explanation) == (back.due_at, True)


def test_evidence_goes_with_its_incident_and_comes_back(here: Side, whole: Case) -> None:
    with clock_at(BOTH):
        incident = Incident.objects.get(case=whole, behaviours=["litter_fly_tipping"])
        kept = [
            Evidence.objects.create(
                landlord=here.landlord,
                case=whole,
                incident=one,
                kind="photo",
                title="Bags",
                received_at=BOTH,
                recorded_by="Officer",
            )
            for one in (incident, None)
        ]
        before = everything(whole)
        new = split(here, whole, "litter_fly_tipping")
        assert [Evidence.objects.get(pk=one.pk).case for one in kept] == [new, whole]
        undo(Rearrangement.objects.get(), reason="One matter", by=officer(here))
        assert everything(whole) == before


def test_the_link_of_a_split_can_be_taken_away(here: Side, whole: Case) -> None:
    split(here, whole, "litter_fly_tipping")
    unlink_cases(CaseLink.objects.get(), reason="Nothing in common", by=officer(here))
    assert links_of(whole, by=officer(here)) == []
