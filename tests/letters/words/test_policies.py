"""The words for letters in each policy file: where they come from, that they are plain, that they are invented."""

import csv
from functools import cache
from pathlib import Path

import pytest

from letters.schema import Letters, LettersSection, Route
from policies.problems import Problem
from policies.schema import Policy
from tests.factories.policies import FIXTURES, policy_file
from tests.letters.words.plain import ORDINARY, average, jargon_in
from tests.letters.words.shipped_words import LANDLORDS
from tests.letters.words.test_shipped import HINTS

THEIR_NAMES = ("Victim Support", "Derbyshire Victim Services", "vulnerable adult")
FIVE = LANDLORDS[:5]
every_landlord = pytest.mark.parametrize("key", LANDLORDS)


def policy(key: str) -> Policy:
    return policy_file(key).policy


def letters(key: str) -> Letters:
    return policy(key).section(LettersSection).letters


def routes(key: str) -> dict[str, Route]:
    """Every piece of words, by its place in the section."""
    section = letters(key)
    single = {name: value for name, value in section if isinstance(value, Route)}
    handled = {f"handled_under.{route}": words for route, words in section.handled_under.items()}
    return single | handled | {f"support[{n}]": words for n, words in enumerate(section.support)}


@cache
def register() -> dict[str, tuple[str, str]]:
    """Landlord and clause, by id."""
    with Path(FIXTURES, "clauses", "register.csv").open(encoding="utf-8") as file:
        return {row["id"]: (row["landlord"], row["clause"]) for row in csv.DictReader(file)}


@every_landlord
def test_the_address_is_invented_and_fits_the_head(key: str) -> None:
    address = letters(key).address
    assert [len(address) <= 5, "Example" in address[0], address[-1][:2]] == [True, True, "ZZ"]


@pytest.mark.parametrize("key", FIVE)
def test_each_clause_id_is_one_of_this_landlords_own(key: str) -> None:
    wrong = {
        name: one.clause_id for name, one in routes(key).items() if one.clause and not _is_known(key, one)
    }
    assert wrong == {}


@every_landlord
def test_words_are_whole_plain_sentences(key: str) -> None:
    said = {
        name: one.words for name, one in routes(key).items() if not name.startswith(("handled", "contract"))
    }
    assert [name for name, words in said.items() if words[-1] != "."] == []
    assert [name for name, words in said.items() if average(words) > ORDINARY] == []
    assert [name for name, words in said.items() if jargon_in(words, names=THEIR_NAMES)] == []


@every_landlord
def test_what_follows_we_deal_with_your_report_goes_on_in_small_letters(key: str) -> None:
    handled = letters(key).handled_under.values()
    assert [one.words for one in handled if one.words[0].isupper() or one.words.endswith(".")] == []


@every_landlord
def test_nothing_a_respondent_reads_hints_at_who_told_us(key: str) -> None:
    section = letters(key)
    routes = (section.complaint, section.complaint_next, section.other_languages, section.contract_name)
    read = [*routes, section.mediation, section.answer_for]
    support = [one for one in section.support if "respondent" in one.readers]
    said = (
        " ".join(f"{one.words} {one.easy}" for one in [*read, *support] if one)
        .lower()
        .replace("customer portal", "")
    )
    assert [hint for hint in HINTS if hint in said] == []


@every_landlord
def test_everybody_is_told_how_to_complain_and_is_offered_help(key: str) -> None:
    section = letters(key)
    readers = {reader for one in section.support for reader in one.readers}
    assert (section.complaint is not None, section.complaint_next is not None) == (True, True)
    assert readers == {"complainant", "respondent", "witness"}


@pytest.mark.parametrize(
    ("key", "told", "clause"),
    [
        ("plus-dane", "asbhelp.co.uk/community-trigger-directory", "24 ASB Case Review"),
        ("derby-homes", "derbyhomes.org, saferderbyshire.gov.uk or derby.gov.uk", "5.7 para 2"),
        ("believe", "ring Durham Constabulary on 101", "18.2"),
        ("places-for-people", "Your local council tells you how", "Policy 33"),
        ("vivid", "Your local council tells you how", "4.5"),
    ],
)
def test_how_to_ask_for_a_case_review_is_as_the_document_says(key: str, told: str, clause: str) -> None:
    review = letters(key).case_review
    assert review is not None
    assert (told in review.words, review.clause) == (True, clause)


def test_only_derby_tells_everybody_of_the_case_review_and_scotland_has_none() -> None:
    said = {key: letters(key).case_review for key in LANDLORDS}
    assert [key for key, review in said.items() if review and review.everybody] == ["derby-homes"]
    assert [key for key, review in said.items() if review is None] == ["northmoor"]


def test_a_longer_address_is_a_problem() -> None:
    section = LettersSection(letters=Letters(address=("One", "Two", "Three", "Four", "Five", "Six")))
    assert list(section.problems(policy("vivid"))) == [
        Problem("letters.address", "6 lines", "at most 5 lines", "the head of a letter has no more room")
    ]


def test_a_file_that_says_nothing_of_letters_still_holds() -> None:
    assert LettersSection().letters == Letters()


def _is_known(key: str, one: Route) -> bool:
    """A clause that is quoted together with others is found under its first."""
    if one.clause_id is None:
        return one.interpretation
    landlord, clause = register()[one.clause_id]
    return landlord == key and str(one.clause).startswith(clause.split(" ")[0].split(",")[0])
