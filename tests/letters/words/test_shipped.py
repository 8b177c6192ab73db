"""Every shipped wording of every kind, reader, landlord and format can be sent, and is easy to read."""

import pytest

from letters.composing.document import Heading
from letters.composing.engine import OWN_WORDS, Composed, compose
from letters.composing.wording import PLACEHOLDER, passages
from letters.kinds import KINDS, Audience
from letters.values import COMPLAINANT_ONLY, known_in, letter_values
from letters.wordings import FOLDER, shipped
from tests.letters.words.plain import (
    EASY_READ,
    OLDEST,
    OLDEST_EASY,
    ORDINARY,
    average,
    jargon_in,
    reading_age,
)
from tests.letters.words.shipped_words import LANDLORDS, LETTERS, Letter

every_landlord = pytest.mark.parametrize("landlord", LANDLORDS)
ONLY_OF_COMPLAINANTS = {name for name in letter_values if letter_values[name].audiences == COMPLAINANT_ONLY}
HINTS = (
    "complain about you",
    "complained",
    "complainant",
    "caller",
    "customer",
    "downstairs",
    "next door",
    "neighbour",
    "reported",
    "reporter",
    "resident",
    "upstairs",
    "victim",
    "witness",
)
"""Words that could tell a respondent who it was, or that it was one person rather than another."""
FROM_THEIR_FORMS = ("the multi-agency work",)
"""A landlord's own words, which somebody signs."""
NAMES_OF_THINGS = ("good neighbour agreement",)


def composed(letter: Letter, *, without: frozenset[str] = frozenset()) -> Composed:
    words = letter.words
    values = {name: value for name, value in letter.sample().items() if name not in without}
    return compose(
        subject=words.subject,
        body=words.body,
        own_words="",
        address=(),
        values=values,
        optional=letter.optional,
    )


def letters_of(landlord: str, *audiences: Audience) -> list[Letter]:
    """To these readers; to every reader where none is named. There are some, else nothing would be proved."""
    found = [one for one in LETTERS if one.landlord == landlord and one.audience in (audiences or Audience)]
    assert found
    return found


@every_landlord
def test_they_use_only_values_their_reader_may_have(landlord: str) -> None:
    unknown = {str(one): one.uses - set(known_in(one.kind, one.audience)) for one in letters_of(landlord)}
    assert {name: uses for name, uses in unknown.items() if uses} == {}


@every_landlord
def test_every_question_of_a_kind_is_in_its_words(landlord: str) -> None:
    lacking = {}
    for one in letters_of(landlord):
        asked = {name for name, question in KINDS[one.kind].asks.items() if question.in_words}
        lacking[str(one)] = asked - one.uses
    assert {name: asked for name, asked in lacking.items() if asked} == {}


@every_landlord
def test_with_every_value_nothing_is_missing_and_no_bracket_is_left(landlord: str) -> None:
    for one in letters_of(landlord):
        made = composed(one)
        left = [text for text in made.document.texts() if PLACEHOLDER.search(text)]
        assert (str(one), made.missing, left) == (str(one), (), [])


@every_landlord
def test_without_what_may_be_left_out_no_heading_stands_over_nothing(landlord: str) -> None:
    for one in letters_of(landlord):
        made = composed(one, without=one.optional)
        blocks = made.document.blocks
        followed = zip(blocks, [*blocks[1:], None], strict=True)
        alone = [
            block
            for block, after in followed
            if isinstance(block, Heading) and isinstance(after, Heading | None)
        ]
        assert (str(one), made.missing, alone) == (str(one), (), [])


@every_landlord
def test_the_officer_can_add_words_of_their_own_where_they_belong(landlord: str) -> None:
    for one in letters_of(landlord):
        places = [passage.kind for passage in passages(one.words.body) if passage.alone == OWN_WORDS]
        assert (str(one), places) == (str(one), ["paragraph"])


@every_landlord
def test_they_say_who_writes_and_how_to_reach_them(landlord: str) -> None:
    for one in letters_of(landlord):
        signed = {"signatures"} & one.uses or {"officer", "officer_title"}
        assert (str(one), {"phone", "reference", *signed} - one.uses) == (str(one), set())


@every_landlord
def test_they_are_easy_to_read(landlord: str) -> None:
    for one in letters_of(landlord):
        most = EASY_READ if one.easy_read else ORDINARY
        jargon = jargon_in(one.text, names=FROM_THEIR_FORMS)
        assert (str(one), average(one.words.body) <= most, jargon) == (str(one), True, [])


@every_landlord
def test_a_child_can_read_them(landlord: str) -> None:
    too_old = {}
    for one in letters_of(landlord):
        age = reading_age(one.words.body)
        too_old[str(one)] = age > (OLDEST_EASY if one.easy_read else OLDEST)
    assert [name for name, old in too_old.items() if old] == []


@every_landlord
def test_nobody_else_reads_what_is_only_for_complainants(landlord: str) -> None:
    for one in letters_of(landlord, Audience.RESPONDENT, Audience.WITNESS, Audience.PARTNER):
        assert (str(one), one.uses & ONLY_OF_COMPLAINANTS) == (str(one), set())


@every_landlord
def test_what_a_respondent_reads_does_not_hint_at_who_told_us(landlord: str) -> None:
    for one in letters_of(landlord, Audience.RESPONDENT):
        said = one.text.lower()
        for name in NAMES_OF_THINGS:
            said = said.replace(name, "")
        assert (str(one), [hint for hint in HINTS if hint in said]) == (str(one), [])


@every_landlord
def test_an_agency_and_a_person_are_greeted(landlord: str) -> None:
    for one in letters_of(landlord):
        greeting = "Dear [agency]" if one.audience == Audience.PARTNER else "Dear [name]"
        assert (str(one), one.words.body.split("\n", 1)[0]) == (str(one), greeting)


def test_what_only_complainants_have_is_known() -> None:
    """Else the test above would hold of anything."""
    assert {
        "first_report",
        "promised",
        "case_review",
        "actions_ours",
        "kind_of_problem",
    } - ONLY_OF_COMPLAINANTS == set()


def test_no_question_has_the_name_of_a_value() -> None:
    """Its answer would stand where the value should, or the value where nobody was asked."""
    asked = {name for kind in KINDS.values() for name in kind.asks}
    assert asked & set(letter_values) == set()


def test_a_kind_that_is_not_written_for_a_reader_is_said_not_to_be() -> None:
    with pytest.raises(LookupError, match="no words for closure to respondent"):
        shipped("vivid", "closure", Audience.RESPONDENT)


def test_there_is_no_file_that_no_landlord_and_no_kind_uses() -> None:
    found = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*.yaml"))
    assert {path.parts[0] for path in found} <= {*LANDLORDS, "everybody"}
    assert {path.stem for path in found} == set(KINDS)
    assert sorted(path.stem for path in found if path.parts[0] == "everybody") == sorted(KINDS)
