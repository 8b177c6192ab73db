"""Two cases beside each other: shown on both, named to nobody who may not see both."""

import pytest

from cases.models import Case, CaseLink, Deadline
from cases.models.link import LinkKind
from cases.selectors.links import links_of, same_matter, suggested_kind
from cases.services.closing import close_case
from cases.services.linking import link_cases, unlink_cases
from landlords.permissions import Refused, Role
from tests.cases.linking.world import officer, told
from tests.factories.world import NOON, Side, World
from timeline.models import Event


def other(here: Side) -> Case:
    return told(here, "verbal_abuse", who="Bashir")


def test_a_link_is_shown_on_both_and_changes_no_clock(here: Side) -> None:
    second = other(here)
    before = list(Deadline.objects.order_by("pk").values())
    link = link_cases(here.case, second, kind="related", reason="Same street", by=officer(here))
    for one, beside in ((here.case, second), (second, here.case)):
        assert [(row.link, row.other) for row in links_of(one, by=officer(here))] == [(link, beside)]
    assert list(Deadline.objects.order_by("pk").values()) == before
    told_of = Event.objects.filter(verb="case_linked").order_by("case_id").values_list("case_id", "payload")
    assert list(told_of) == [
        (here.case.pk, {"reference": second.reference, "kind": "related"}),
        (second.pk, {"reference": here.case.reference, "kind": "related"}),
    ]


@pytest.mark.parametrize(
    ("kind", "reason", "words"),
    [
        ("friends", "Same street", "Choose how the cases belong together."),
        ("related", "  ", "Say why they belong together."),
    ],
)
def test_a_link_needs_a_kind_and_a_reason(here: Side, kind: str, reason: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        link_cases(here.case, other(here), kind=kind, reason=reason, by=officer(here))
    assert refused.value.reasons == [words]
    assert CaseLink.objects.count() == 0


def test_a_case_is_not_linked_to_itself_nor_twice_in_one_way(here: Side) -> None:
    second = other(here)
    with pytest.raises(Refused, match="Choose another case than this one"):
        link_cases(here.case, here.case, kind="related", reason="x", by=officer(here))
    link_cases(here.case, second, kind="related", reason="x", by=officer(here))
    with pytest.raises(Refused, match="linked in this way already"):
        link_cases(second, here.case, kind="related", reason="x", by=officer(here))
    link_cases(second, here.case, kind="counter_allegation", reason="x", by=officer(here))
    assert CaseLink.objects.count() == 2


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_may_not_link(here: Side, role: str) -> None:
    second = other(here)
    with pytest.raises(Refused):
        link_cases(here.case, second, kind="related", reason="x", by=here.actor(role))
    assert (CaseLink.objects.count(), Event.objects.filter(verb="case_linked").count()) == (0, 0)


def test_a_link_is_taken_away_once_and_stays_in_the_history(here: Side) -> None:
    link = link_cases(here.case, other(here), kind="related", reason="x", by=officer(here))
    with pytest.raises(Refused, match="Say why they no longer"):
        unlink_cases(link, reason=" ", by=officer(here))
    unlink_cases(link, reason="Another Dale", by=officer(here))
    assert links_of(here.case, by=officer(here)) == []
    with pytest.raises(Refused, match="Officer Larkspur has already taken this link away"):
        unlink_cases(link, reason="Again", by=officer(here))
    assert Event.objects.filter(verb__in=["case_linked", "case_unlinked"]).count() == 4
    link_cases(link.other, link.case, kind="related", reason="After all", by=officer(here))
    assert len(links_of(here.case, by=officer(here))) == 1


def test_a_restricted_case_is_the_same_as_none_to_those_who_may_not_see_it(here: Side) -> None:
    with pytest.raises(Refused) as refused:
        link_cases(here.case, here.restricted_case, kind="related", reason="x", by=officer(here))
    assert refused.value.reasons == [f"There is no case with the reference {here.restricted_case.reference}."]
    assert CaseLink.objects.count() == 0


def test_a_link_to_a_restricted_case_is_named_only_to_those_who_may_see_both(here: Side) -> None:
    manager = here.actor(Role.MANAGER)
    link_cases(here.case, here.restricted_case, kind="related", reason="Her sister", by=manager)
    assert [row.other for row in links_of(here.case, by=manager)] == [here.restricted_case]
    assert links_of(here.case, by=officer(here)) == []
    assert same_matter(here.case, by=officer(here)) == {here.case.pk}
    assert Event.objects.filter(case_id=here.case.pk, verb="case_linked").count() == 0
    event = Event.objects.select_related("words").get(verb="case_linked", case_id=here.restricted_case.pk)
    assert (event.payload["reference"], event.words.text) == (here.case.reference, "Her sister")


def test_two_restricted_cases_do_not_name_each_other_in_their_histories(here: Side) -> None:
    second = told(here, "domestic_abuse", who="Chidi")
    link_cases(second, here.restricted_case, kind="related", reason="Sisters", by=here.actor(Role.MANAGER))
    events = Event.objects.filter(verb="case_linked")
    assert [event.payload["reference"] for event in events] == ["a restricted case"] * 2
    assert [hasattr(event, "words") for event in events] == [False, False]


def test_a_counter_allegation_is_suggested_where_they_complain_of_each_other(here: Side) -> None:
    back = told(here, "noise", who="Dale", about="Amina")
    assert suggested_kind(here.case, back) == LinkKind.COUNTER_ALLEGATION
    assert suggested_kind(back, here.case) == LinkKind.COUNTER_ALLEGATION
    assert suggested_kind(here.case, other(here)) == LinkKind.RELATED
    link_cases(here.case, back, kind="counter_allegation", reason="Each the other", by=officer(here))
    assert same_matter(here.case, by=officer(here)) == {here.case.pk}


def test_a_case_closed_before_is_suggested_as_reported_again(here: Side) -> None:
    Case.objects.filter(pk=here.case.pk).update(status="closed", closed_at=NOON)
    closed = Case.objects.get(pk=here.case.pk)
    assert suggested_kind(other(here), closed) == LinkKind.REPORTED_AGAIN


def test_a_report_after_closure_is_a_new_case_linked_to_the_closed_one(here: Side) -> None:
    close_case(here.case, ground="resolved", reason="Quiet", by=officer(here))
    new = told(here, "noise", known=here.complainant)
    assert [(row.link.kind, row.other) for row in links_of(new, by=officer(here))] == [
        ("reported_again", here.case)
    ]
    assert Case.objects.get(pk=here.case.pk).status == "closed"


def test_somebody_else_or_another_household_is_not_reported_again(here: Side) -> None:
    close_case(here.case, ground="resolved", reason="Quiet", by=officer(here))
    other_home = told(here, "noise", known=here.complainant, about="Konstantin")
    somebody_else = told(here, "noise", who="Bashir")
    assert [links_of(one, by=officer(here)) for one in (other_home, somebody_else)] == [[], []]


def test_another_landlords_case_is_not_there(world: World, here: Side) -> None:
    with pytest.raises(Refused, match="There is no case with the reference"):
        link_cases(here.case, world.there.case, kind="related", reason="x", by=officer(here))
    assert CaseLink.objects.count() == 0
