"""Two open cases become one: nothing is lost, the earlier date stays, and it can be put back."""

import datetime

import pytest

from actionplans.models import Plan
from cases.models import Case, Deadline, Incident, Person, Rearrangement
from cases.selectors.file import CaseFile, history, visible_case
from cases.selectors.merging import arithmetic
from cases.services.categorising import recategorise
from cases.services.closing import close_case
from cases.services.rearranging import merge_cases
from cases.services.undoing import undo
from cases.services.working import ContactDetails, add_note, record_contact
from cases.sweep import sweep_landlord
from landlords.permissions import Refused, Role
from tests.cases.linking.world import DAY, everything, officer, told
from tests.factories.world import NOON, Side, World
from timeline.clock import clock_at
from timeline.models import Event


@pytest.fixture
def second(here: Side) -> Case:
    """A newer case of the same complainant about the same man."""
    with clock_at(NOON + DAY):
        return told(here, "verbal_abuse", known=here.complainant, at=NOON + DAY)


def merge(here: Side, source: Case, into: Case, at: datetime.datetime = NOON + 2 * DAY) -> Rearrangement:
    with clock_at(at):
        return merge_cases(source, into, reason="The same man", by=officer(here))


def plan(here: Side, case: Case, person: Person) -> Plan:
    return Plan.objects.create(
        landlord=here.landlord,
        case=case,
        person=person,
        version=1,
        contact_every_days=7,
        agreed_at=NOON,
        recorded_at=NOON,
        recorded_by="Officer",
    )


def put_back(here: Side, merged: Rearrangement, at: datetime.datetime = NOON + 3 * DAY) -> Rearrangement:
    with clock_at(at):
        return undo(merged, reason="Two men after all", by=officer(here))


def test_everything_that_can_move_goes_to_the_other_case(here: Side, second: Case) -> None:
    add_note(second, text="Loud", by=officer(here))
    merge(here, second, here.case)
    second = Case.objects.get(pk=second.pk)
    assert (second.status, second.joined_to) == ("joined", here.case)
    assert second.incidents.count() == second.notes.count() == 0
    assert (here.case.incidents.count(), here.case.notes.count()) == (2, 1)
    assert Case.objects.get(pk=here.case.pk).behaviours == ["noise", "verbal_abuse"]


def test_a_plan_goes_along_unless_the_person_has_one_there(here: Side, second: Case) -> None:
    bashir = told(here, "noise", who="Bashir")
    theirs = bashir.parties.get(role="complainant").person
    both = [plan(here, case, here.complainant) for case in (here.case, second)]
    before = everything(here.case, second)
    merged = merge(here, second, here.case, NOON + DAY)
    assert [Plan.objects.get(pk=one.pk).case for one in both] == [here.case, second]
    put_back(here, merged, NOON + DAY)
    assert everything(here.case, second)["Plan"] == before["Plan"]
    his = plan(here, bashir, theirs)
    merged = merge(here, bashir, here.case, NOON + DAY)
    assert Plan.objects.get(pk=his.pk).case == here.case
    put_back(here, merged, NOON + DAY)
    assert Plan.objects.get(pk=his.pk).case == bashir


def test_both_histories_are_shown_as_one(here: Side, second: Case) -> None:
    merge(here, second, here.case)
    file = CaseFile(visible_case(here.case.reference, by=officer(here)))
    cases = [
        event.case_id for event in history(file, by=officer(here)).events if event.verb == "report_received"
    ]
    assert set(cases) == {here.case.pk, second.pk}
    named = Event.objects.filter(verb="cases_merged").values_list("case_id", "payload__reference")
    assert dict(named) == {second.pk: here.case.reference, here.case.pk: second.reference}


def test_of_two_clocks_for_one_duty_the_earlier_stays(here: Side, second: Case) -> None:
    both = Deadline.objects.filter(case__in=[here.case, second], kind="risk_assessment")
    first, later = both.order_by("start_at")
    assert (first.case, later.case) == (here.case, second)
    merge(here, second, here.case)
    later.refresh_from_db()
    assert (later.state, later.replaced_by, later.case) == ("withdrawn", first, here.case)
    first.refresh_from_db()
    assert (first.state, first.case) == ("running", here.case)


def test_an_earlier_clock_that_comes_along_takes_the_place_of_the_later(here: Side, second: Case) -> None:
    first = here.case.deadlines.get(kind="risk_assessment")
    merge(here, here.case, second)
    first.refresh_from_db()
    assert (first.state, first.case, first.team_id) == ("running", second, second.team_id)
    later = second.deadlines.get(kind="risk_assessment", state="withdrawn")
    assert later.replaced_by == first


def test_every_report_keeps_its_own_clock(here: Side, second: Case) -> None:
    merge(here, second, here.case)
    running = here.case.deadlines.filter(kind="initial_contact", state="running")
    assert running.count() == 2
    assert len({one.report_id for one in running}) == 2


def test_the_arithmetic_told_before_is_what_is_done(here: Side, second: Case) -> None:
    lines = arithmetic(second, here.case)
    kept = {line.kept.pk for line in lines}
    dropped = {line.dropped.pk for line in lines if line.dropped}
    merge(here, second, here.case)
    running = here.case.deadlines.filter(state="running")
    assert set(running.exclude(kind="case_review_information").values_list("pk", flat=True)) == kept - set(
        running.filter(kind="case_review_information").values_list("pk", flat=True)
    )
    assert set(here.case.deadlines.filter(replaced_by__isnull=False).values_list("pk", flat=True)) == dropped


def test_the_less_serious_case_is_merged_into_the_more_serious(here: Side, second: Case) -> None:
    with clock_at(NOON + DAY):
        recategorise(second, level="a", reason="A knife", by=officer(here))
    with pytest.raises(Refused) as refused:
        merge(here, second, here.case)
    assert refused.value.reasons == [
        f"{here.case.reference} is the less serious of the two. Merge it into the other, or change its level first."
    ]
    assert Rearrangement.objects.count() == 0
    merge(here, here.case, second)
    assert Case.objects.get(pk=second.pk).level == "a"


def test_everything_against_it_is_told_at_once(here: Side) -> None:
    back = told(here, "noise", who="Dale", about="Amina")
    Case.objects.filter(pk=back.pk).update(level_rank=50)
    with pytest.raises(Refused) as refused:
        merge_cases(here.case, Case.objects.get(pk=back.pk), reason=" ", by=officer(here))
    assert [words.split(".")[0].split(":")[0] for words in refused.value.reasons] == [
        "One is a counter-allegation to the other",
        f"{back.reference} is the less serious of the two",
        "Say why they are one case",
    ]
    assert Rearrangement.objects.count() == 0


def test_cases_about_different_people_and_homes_stay_two(here: Side) -> None:
    stranger = told(here, "noise", who="Bashir", about="Konstantin")
    with pytest.raises(Refused, match="about different people and homes"):
        merge(here, stranger, here.case)


def test_a_closed_or_joined_case_is_not_merged(here: Side, second: Case) -> None:
    close_case(second, ground="resolved", reason="Quiet", by=officer(here))
    for source, into in ((second, here.case), (here.case, second)):
        with pytest.raises(Refused, match="This case is closed"):
            merge(here, source, into)
    assert Rearrangement.objects.count() == 0


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR])
def test_others_may_not_merge_or_undo(here: Side, second: Case, role: str) -> None:
    with pytest.raises(Refused):
        merge_cases(second, here.case, reason="x", by=here.actor(role))
    assert Rearrangement.objects.count() == 0
    merged = merge(here, second, here.case)
    before = everything(here.case, second)
    with pytest.raises(Refused):
        undo(merged, reason="x", by=here.actor(role))
    assert everything(here.case, second) == before


def test_undoing_puts_back_the_very_same_rows(here: Side, second: Case) -> None:
    """All but the state of a case that was new: somebody has had it in hand."""
    with clock_at(NOON + DAY):
        add_note(second, text="Loud", by=officer(here))
        record_contact(second, ContactDetails(here.complainant.pk, "visit", "spoke", NOON), by=officer(here))
    with clock_at(NOON + 3 * DAY):
        sweep_landlord(here.landlord.pk)
    before = everything(here.case, second)
    merged = merge(here, second, here.case, NOON + 3 * DAY)
    assert everything(here.case, second) != before
    put_back(here, merged)
    assert everything(here.case, second) == before
    merged.refresh_from_db()
    assert merged.undone_by == "Officer Larkspur"


def test_a_miss_found_meanwhile_stays_and_a_clock_that_gave_way_counts_its_time(
    here: Side, second: Case
) -> None:
    merged = merge(here, second, here.case)
    with clock_at(NOON + 20 * DAY):
        sweep_landlord(here.landlord.pk)
    put_back(here, merged, NOON + 21 * DAY)
    later = second.deadlines.get(kind="initial_contact")
    assert (later.breached_at, later.needs_explanation) == (later.due_at, True)
    given_way = second.deadlines.get(kind="risk_assessment")
    assert (given_way.state, given_way.case) == ("running", second)
    due = given_way.due_at
    if given_way.basis == "promise":
        assert given_way.breached_at == due
    assert here.case.deadlines.get(kind="initial_contact").breached_at is not None


def test_it_is_undone_once_and_with_a_reason(here: Side, second: Case) -> None:
    merged = merge(here, second, here.case)
    with pytest.raises(Refused, match="Say why it is undone"):
        undo(merged, reason=" ", by=officer(here))
    put_back(here, merged)
    with pytest.raises(Refused, match="This is undone already, by Officer Larkspur"):
        put_back(here, merged)


def test_it_is_not_undone_once_a_shared_duty_is_done(here: Side, second: Case) -> None:
    merged = merge(here, second, here.case)
    kept = here.case.deadlines.get(kind="risk_assessment", state="running")
    Deadline.objects.filter(pk=kept.pk).update(state="met", met_at=NOON + 2 * DAY)
    before = everything(here.case, second)
    with pytest.raises(Refused) as refused:
        put_back(here, merged)
    assert refused.value.reasons == [
        f"{kept.label}: Amina Larkspur: it was one duty for both cases and has been done or replaced since."
    ]
    assert everything(here.case, second) == before


def test_it_is_not_undone_once_the_level_has_changed_or_the_case_is_closed(here: Side) -> None:
    """The clocks of the level stand in the place of those that moved."""
    bashir = told(here, "noise", who="Bashir")
    merged = merge(here, bashir, here.case, NOON)
    recategorise(here.case, level="a", reason="A knife", by=officer(here))
    with pytest.raises(Refused) as refused:
        put_back(here, merged)
    assert "Make first contact: Bashir Larkspur: another clock has taken its place since." in (
        refused.value.reasons
    )
    with clock_at(NOON + 2 * DAY):
        close_case(Case.objects.get(pk=here.case.pk), ground="resolved", reason="x", by=officer(here))
    with pytest.raises(Refused) as refused:
        put_back(here, merged)
    assert refused.value.reasons[0] == f"{here.case.reference} is not open. Reopen it first."


def test_a_later_merge_is_undone_first(here: Side, second: Case) -> None:
    third = told(here, "litter_fly_tipping", known=here.complainant)
    one = merge(here, second, here.case)
    two = merge(here, third, here.case)
    with pytest.raises(Refused, match="merged or split again later"):
        put_back(here, one)
    put_back(here, two)
    put_back(here, one)
    assert Case.objects.filter(status="joined").count() == 0


def test_what_was_joined_before_goes_along_and_comes_back(here: Side, second: Case) -> None:
    third = told(here, "litter_fly_tipping", known=here.complainant)
    merge(here, third, second)
    merged = merge(here, second, here.case)
    assert Case.objects.get(pk=third.pk).joined_to == here.case
    put_back(here, merged)
    assert Case.objects.get(pk=third.pk).joined_to == second


def test_domestic_abuse_restricts_the_whole_and_no_undoing_lifts_it(here: Side) -> None:
    manager = here.actor(Role.MANAGER)
    restricted = Case.objects.get(pk=here.restricted_case.pk)
    source = told(here, "domestic_abuse", who="Chidi", by=officer(here))
    Case.objects.filter(pk=restricted.pk).update(domestic_abuse=False, restricted=False)
    merged = merge_cases(source, Case.objects.get(pk=restricted.pk), reason="One", by=manager)
    whole = Case.objects.get(pk=restricted.pk)
    assert (whole.domestic_abuse, whole.restricted) == (True, True)
    assert [one.membership_id for one in whole.named_staff.all()] == [here.members[Role.OFFICER].pk]
    undo(merged, reason="Two", by=manager)
    apart = Case.objects.get(pk=restricted.pk)
    assert (apart.domestic_abuse, apart.restricted) == (False, True)
    assert apart.named_staff.count() == 0
    assert Case.objects.get(pk=source.pk).restricted is True


def test_another_landlords_case_is_not_there(world: World, here: Side) -> None:
    with pytest.raises(Refused, match="There is no case with the reference"):
        merge_cases(here.case, world.there.case, reason="x", by=officer(here))
    assert Rearrangement.objects.count() == 0
    assert Incident.objects.filter(case=here.case).count() == 1
