"""What the letter of a plan says: this reader's newest plan, and nothing to the other side."""

from actionplans.plan.services import drop_action, finish_action
from cases.choices import PartyRole
from cases.models import Case, Party, Person
from letters.composing.document import Table
from letters.composing.engine import Value
from letters.kinds import Audience
from letters.values import letter_values, values_of
from tests.actionplans.plan.plans import FRIDAY, agree, ours, respondent, support, theirs
from tests.cases.linking.world import told
from tests.factories.world import NOON, Side
from tests.letters.words.writing import writing_to

NAMES = ["actions_ours", "actions_theirs", "plan_agreed_on", "plan_contact"]


def said(
    side: Side,
    person: Person | None = None,
    audience: Audience = Audience.COMPLAINANT,
    *,
    case: Case | None = None,
) -> list[Value]:
    return list(values_of(writing_to(side, person, audience, case=case), NAMES).values())


def rows(found: Value) -> tuple[tuple[str, ...], ...]:
    assert isinstance(found, Table)
    return found.rows


def test_without_a_plan_nothing_is_said(here: Side) -> None:
    assert said(here) == [None, None, None, None]


def test_both_sides_with_who_and_by_when(here: Side) -> None:
    agree(here, ours(here), theirs(), theirs("For you call the council", by=FRIDAY), support(here))
    assert said(here) == [
        Table(
            ("What", "Who", "By when"),
            (
                ("Interview the alleged perpetrator(s)", "Officer Larkspur", "Friday 20 November 2026"),
                ("Make a support referral to Victim Support", "Officer Larkspur", "Friday 20 November 2026"),
            ),
            "actions_ours",
        ),
        Table(
            ("What", "By when"),
            (
                ("Contact us for any extra support or advice", "Any time"),
                ("Call the council", "Friday 20 November 2026"),
            ),
            "actions_theirs",
        ),
        "Monday 16 November 2026",
        "every 7 days",
    ]


def test_where_the_document_prints_the_template_its_words_stay(elsewhere: Side) -> None:
    agree(elsewhere)
    assert rows(said(elsewhere)[1]) == (
        ("For you to contact us for any extra support or advice", "Any time"),
    )


def test_what_is_done_says_when_and_what_was_dropped_is_gone(here: Side) -> None:
    plan = agree(here, ours(here, "talk"), ours(here, "write"), support(here))
    finish_action(plan.actions.get(words="talk"), outcome="Quiet", done_at=NOON, by=here.actor())
    drop_action(plan.actions.get(words="write"), reason="Not needed", by=here.actor())
    assert rows(said(here)[0]) == (
        ("Talk", "Officer Larkspur", "Done on Monday 16 November 2026"),
        ("Make a support referral to Victim Support", "Officer Larkspur", "Friday 20 November 2026"),
    )


def test_only_the_newest_version_counts(here: Side) -> None:
    agree(here)
    agree(here, ours(here, "ring the council"), support(here), contact_every_days=3, why_changed="Worse")
    ours_now, _theirs, _agreed, contact = said(here)
    assert ("Ring the council", contact) == (rows(ours_now)[-2][0], "every 3 days")


def test_it_is_the_plan_of_the_reader_on_this_case(here: Side) -> None:
    agree(here)
    other = told(here, "noise", who="Idris", join=here.case)
    idris = other.parties.select_related("person").get(person__name="Idris Larkspur").person
    assert said(here, idris) == [None] * 4
    assert said(here, case=here.restricted_case) == [None] * 4


def test_nobody_on_the_other_side_has_a_plan_in_their_letter(here: Side) -> None:
    agree(here)
    for audience in (Audience.RESPONDENT, Audience.WITNESS, Audience.PARTNER):
        assert said(here, respondent(here), audience) == []
    assert [letter_values[name].audiences for name in NAMES] == [{Audience.COMPLAINANT}] * 4
    Party.objects.create(
        landlord_id=here.landlord.pk,
        case=here.case,
        person=here.complainant,
        role=PartyRole.RESPONDENT,
        since=NOON,
    )
    assert said(here) == [None] * 4
