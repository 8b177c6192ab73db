"""Whatever stands on two cases, a merge keeps the earliest date of each duty, and undoing restores every row."""

import datetime

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Case, Deadline
from cases.schema import PER_REPORT
from cases.services.rearranging import merge_cases
from cases.services.undoing import undo
from cases.services.working import ContactDetails, add_note, record_contact
from cases.sweep import sweep_landlord
from tests.cases.linking.world import everything, officer, told
from tests.factories.world import NOON, Side
from timeline.clock import clock_at

HOUR = datetime.timedelta(hours=1)
MONTH = 30 * 24

reports = st.lists(
    st.tuples(
        st.booleans(), st.booleans(), st.integers(0, MONTH), st.sampled_from(["noise", "verbal_abuse"])
    ),
    max_size=3,
)
"""More reports: onto the second case or the first, by Amina or somebody new, so many hours later, about what."""
done = st.lists(st.tuples(st.booleans(), st.sampled_from(["note", "spoke"])), max_size=2)
FEW = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def build(here: Side, more: list[tuple[bool, bool, int, str]], steps: list[tuple[bool, str]]) -> list[Case]:
    """A second case of Amina's, more reports and some work on both, a month and a day later."""
    with clock_at(NOON + HOUR):
        pair = [here.case, told(here, "noise", known=here.complainant, at=NOON + HOUR)]
    for number, (on_second, hers, hours, what) in enumerate(sorted(more, key=lambda one: one[2])):
        at = NOON + HOUR * (2 + hours)
        known = here.complainant if hers else None
        with clock_at(at):
            told(here, what, who=f"Somebody{number}", known=known, at=at, join=pair[on_second])
    with clock_at(NOON + HOUR * (MONTH + 24)):
        for on_second, step in steps:
            if step == "note":
                add_note(pair[on_second], text="Seen", by=officer(here))
            else:
                spoke = ContactDetails(here.complainant.pk, "visit", "spoke", NOON + HOUR * (MONTH + 20))
                record_contact(pair[on_second], spoke, by=officer(here))
        sweep_landlord(here.landlord.pk)
    return [Case.objects.get(pk=case.pk) for case in pair]


def once(*cases: Case) -> dict[tuple[int, str], datetime.datetime | None]:
    """The earliest date of each duty owed once to somebody."""
    running = Deadline.objects.filter(case__in=cases, state="running").exclude(kind__in=PER_REPORT)
    found: dict[tuple[int, str], datetime.datetime | None] = {}
    for one in running.order_by("due_at"):
        if one.person_id is not None:
            found.setdefault((one.person_id, one.kind), one.due_at)
    return found


@FEW
@given(more=reports, steps=done, forwards=st.booleans())
def test_the_earliest_date_stays_and_undoing_restores_every_row(
    here: Side, more: list[tuple[bool, bool, int, str]], steps: list[tuple[bool, str]], forwards: bool
) -> None:
    with transaction.atomic():
        pair = build(here, more, steps)
        source, into = pair if forwards else pair[::-1]
        with clock_at(NOON + HOUR * (MONTH + 24)):
            before, earliest = everything(*pair), once(*pair)
            merged = merge_cases(source, into, reason="One", by=officer(here))
            kept = {key: due for key, due in once(into).items() if key in earliest}
            assert kept == earliest
            assert not Deadline.objects.filter(case=source, state="running").exists()
            undo(merged, reason="Two", by=officer(here))
            after = everything(*pair)
            assert _without_prompts(after, merged.moved["prompts"]) == _in_hand(before, source)
        transaction.set_rollback(True)


def _without_prompts(rows: dict[str, list[dict[str, object]]], prompts: list[int]) -> dict[str, object]:
    """A reminder that the merge itself began is withdrawn by undoing it, not erased."""
    return {**rows, "Deadline": [row for row in rows["Deadline"] if row["id"] not in prompts]}


def _in_hand(rows: dict[str, list[dict[str, object]]], source: Case) -> dict[str, object]:
    """A case that was new when it was merged is in hand afterwards: somebody has worked on it."""
    cases = [row | ({"status": "in_hand"} if row["id"] == source.pk else {}) for row in rows["Case"]]
    return {**rows, "Case": cases}
