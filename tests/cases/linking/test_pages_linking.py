"""The pages of links: what stands, what would happen, and what is refused with everything kept."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case, CaseLink, Rearrangement
from cases.services.linking import link_cases
from cases.services.rearranging import merge_cases
from landlords.permissions import Role
from tests.cases.linking.world import officer, told
from tests.cases.pages import address, errors, send, version, words
from tests.factories.world import Side


@pytest.fixture
def second(here: Side) -> Case:
    return told(here, "verbal_abuse", known=here.complainant)


def test_the_page_shows_links_and_what_may_belong_together(here: Side, second: Case, client: Client) -> None:
    link_cases(
        here.case, told(here, "noise", who="Bashir"), kind="related", reason="Same man", by=officer(here)
    )
    page = words(here.sign_in(client).get(address("links", here)))
    assert "Related. Same man Officer Larkspur, Mon 16 Nov, 12 noon" in page
    assert f"{second.reference} New Why it is shown: same name complained about, same place." in page
    assert "See what merging would do" in page


def test_those_who_only_read_are_offered_nothing(here: Side, second: Case, client: Client) -> None:
    link_cases(here.case, second, kind="related", reason="Same man", by=officer(here))
    response = here.sign_in(client, Role.AUDITOR).get(address("links", here))
    offered = [
        name for name in ("link-case", "merge-case") if address(name, here) in response.content.decode()
    ]
    assert (offered, "Take the link away" in words(response)) == ([], False)
    assert "Same man" in words(response)


def test_a_case_is_linked_from_a_suggestion(here: Side, second: Case, client: Client) -> None:
    url = f"{address('link-case', here)}?with={second.reference}"
    page = here.sign_in(client).get(url)
    assert page.context["form"]["other"].value() == second.reference
    assert page.context["form"]["kind"].value() == "related"
    typed = {"other": second.reference, "kind": "related", "reason": "Same man"}
    assert send(client, url, **typed).status_code == 302
    assert "Linked to" in words(client.get(address("case", here)))
    assert CaseLink.objects.get().other == second


def test_a_reference_that_is_not_there_is_told_and_the_words_are_kept(here: Side, client: Client) -> None:
    here.sign_in(client)
    for reference in (here.restricted_case.reference, "VV-00000-00000"):
        response = send(
            client,
            address("link-case", here),
            other="another",
            reference=reference,
            kind="related",
            reason="Same man",
        )
        assert errors(response) == [f"There is no case with the reference {reference}."]
        assert "Same man" in response.content.decode()
    empty = send(client, address("link-case", here), other="another")
    assert errors(empty) == [
        "Type the reference of the other case",
        "Choose how they belong together",
        "Say why they belong together",
    ]
    assert CaseLink.objects.count() == 0


def test_a_link_is_taken_away_with_a_reason(here: Side, second: Case, client: Client) -> None:
    link_cases(here.case, second, kind="related", reason="Same man", by=officer(here))
    url = address("unlink-case", here, second.reference, "related")
    here.sign_in(client)
    assert errors(send(client, url)) == ["Say why"]
    assert send(client, url, reason="Another man").status_code == 302
    assert client.get(url).status_code == 404
    assert CaseLink.objects.get().ended_by == "Officer Larkspur"


def test_merging_tells_what_happens_to_every_clock_before_it_is_done(
    here: Side, second: Case, client: Client
) -> None:
    here.sign_in(client)
    chosen = send(client, address("merge-case", here), other=second.reference)
    url = f"{address('merge-case', here)}?into={second.reference}"
    assert chosen.headers["Location"] == url
    page = words(client.get(url))
    assert "the earlier date stays and the later gives way" in page
    label = here.case.deadlines.get(kind="risk_assessment").label
    assert f"Amina Larkspur {label}" in page
    assert "The earlier of two" in page
    assert Rearrangement.objects.count() == 0
    assert send(client, url, reason="One matter").status_code == 302
    assert Case.objects.get(pk=here.case.pk).joined_to == second
    told_there = words(client.get(address("case", here)))
    assert f"This belongs to another case, where the work goes on: {second.reference}" in told_there
    assert "Merged into this case:" in words(client.get(reverse("links", args=[second.reference])))


def test_what_speaks_against_a_merge_stands_on_the_page(here: Side, client: Client) -> None:
    back = told(here, "noise", who="Dale", about="Amina")
    url = f"{address('merge-case', here)}?into={back.reference}"
    page = words(here.sign_in(client).get(url))
    assert "One is a counter-allegation to the other: link them, they stay two cases." in page
    assert "Merge the cases" not in page
    anyway = {"version": version(client, address("link-case", here)), "reason": "One matter"}
    assert errors(client.post(url, anyway)) == [
        "One is a counter-allegation to the other: link them, they stay two cases."
    ]
    assert Rearrangement.objects.count() == 0


@pytest.mark.parametrize("reference", ["VV-00000-00000", "restricted", "itself"])
def test_a_case_one_may_not_see_is_not_merged_into(here: Side, client: Client, reference: str) -> None:
    cases = {"restricted": here.restricted_case.reference, "itself": here.case.reference}
    asked = cases.get(reference, reference)
    here.sign_in(client)
    response = send(client, address("merge-case", here), other="another", reference=asked)
    assert errors(response) == [f"There is no other case with the reference {asked}."]
    page = client.get(f"{address('merge-case', here)}?into={asked}")
    assert (page.status_code, "form" in page.context, "into" in page.context) == (200, True, False)


def test_a_case_is_split_by_what_is_chosen(here: Side, client: Client) -> None:
    told(here, "litter_fly_tipping", who="Bashir", join=here.case)
    url = address("split-case", here)
    here.sign_in(client)
    page = words(client.get(url))
    assert "Noise, reported Mon 16 Nov, 10am by Amina Larkspur" in page
    assert errors(send(client, url)) == [
        "Choose what goes to the new case",
        "Say what the new case is called",
        "Say why it is a case of its own",
    ]
    typed = {"incidents": ["1", "2"], "title": "Rubbish", "reason": "Another flat"}
    assert errors(send(client, url, **typed)) == ["Leave at least one report on this case."]
    assert send(client, url, **{**typed, "incidents": ["2"]}).status_code == 302
    new = Case.objects.get(title="Rubbish")
    assert new.behaviours == ["litter_fly_tipping"]
    assert "Split off as Rubbish" in words(client.get(address("links", here)))


def test_a_merge_is_undone_from_either_case(here: Side, second: Case, client: Client) -> None:
    merge_cases(second, here.case, reason="One matter", by=officer(here))
    url = reverse("undo-rearrangement", args=[second.reference, here.case.reference])
    here.sign_in(client)
    assert "were merged by Officer Larkspur: One matter" in words(client.get(url))
    assert send(client, url, reason="Two matters").status_code == 302
    assert Case.objects.get(pk=second.pk).status == "in_hand"
    assert client.get(url).status_code == 404
    assert "undone by Officer Larkspur" in words(client.get(address("links", here)))


def test_why_it_can_no_longer_be_undone_stands_on_the_page(here: Side, second: Case, client: Client) -> None:
    merge_cases(second, here.case, reason="One matter", by=officer(here))
    here.case.deadlines.filter(state="running", kind="risk_assessment").update(
        state="met", met_at=here.case.opened_at
    )
    page = words(here.sign_in(client).get(address("undo-rearrangement", here, second.reference)))
    assert "It cannot be undone any more:" in page
    assert "it was one duty for both cases and has been done or replaced since." in page


def test_a_link_to_a_restricted_case_is_not_drawn_for_others(here: Side, client: Client) -> None:
    link_cases(here.case, here.restricted_case, kind="related", reason="x", by=here.actor(Role.MANAGER))
    reference = here.restricted_case.reference
    for role, drawn in ((Role.OFFICER, False), (Role.AUDITOR, False), (Role.MANAGER, True)):
        content = here.sign_in(client, role).get(address("links", here)).content.decode()
        assert (reference in content) is drawn
        timeline = words(client.get(address("case", here)))
        assert "Linked to" not in timeline
