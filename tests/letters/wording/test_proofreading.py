"""What is wrong with words, told so that an administrator can mend it."""

import pytest

from letters.composing.document import Table
from letters.examples import example_values
from letters.kinds import Audience
from letters.proofreading import MOST_REMARKS, TABLES, proofread
from letters.slots import Slot, every_slot
from letters.values import letter_values
from letters.wordings import shipped
from tests.factories.policies import policy_file
from tests.letters.words.shipped_words import LANDLORDS

ACKNOWLEDGEMENT = Slot("acknowledgement", Audience.COMPLAINANT, False)
WARNING = Slot("first_warning", Audience.RESPONDENT, False)
EASY = Slot("update", Audience.COMPLAINANT, True)


def told(slot: Slot, *, added: str = "", without: str = "", subject: str = "") -> list[str]:
    """Of the words that ship, with a line on top and something taken out."""
    words = shipped("vivid", slot.kind, slot.audience, easy_read=slot.easy_read)
    body = words.body.replace(without, "") if without else words.body
    assert body != words.body or not without
    return [
        str(one) for one in proofread(slot, subject or words.subject, f"{added}\n\n{body}" if added else body)
    ]


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_nothing_is_wrong_with_the_words_that_ship(landlord: str) -> None:
    found = {}
    for slot in every_slot():
        words = shipped(landlord, slot.kind, slot.audience, easy_read=slot.easy_read)
        found[slot] = [str(one) for one in proofread(slot, words.subject, words.body)]
    assert {slot: remarks for slot, remarks in found.items() if remarks} == {}
    assert len(found) > 50


@pytest.mark.parametrize(
    ("added", "why"),
    [
        ("[nmae]", "There is no value [nmae]. Did you mean [name]?"),
        ("[zzz]", "There is no value [zzz]. Choose one from the list, or leave the brackets out."),
        ("[Name]", "[Name] would not be filled in. Write [name], in small letters."),
        (
            "[ main contact ]",
            "[ main contact ] would not be filled in. Write [main_contact], in small letters.",
        ),
        (
            "[behaviour]",
            "[behaviour] is asked for only in other letters: Record of a spoken warning, First written warning "
            "and Final written warning.",
        ),
        ("[name", "A square bracket stands alone here. Values are written as [name]: opened, named, closed."),
    ],
)
def test_a_name_that_is_not_filled_in_is_told_with_its_line(added: str, why: str) -> None:
    assert told(ACKNOWLEDGEMENT, added=f"Something\n{added}") == [f"Line 2: {why}"]


@pytest.mark.parametrize("added", ["[if danger]", "[/if]", "[endif]", "[else]"])
def test_there_are_no_conditions(added: str) -> None:
    assert [one.split(". ")[0] for one in told(ACKNOWLEDGEMENT, added=added)] == [
        f"Line 1: {added} means nothing here: there are no conditions"
    ]


def test_a_value_of_another_reader_is_refused_and_it_is_said_who_may_read_it() -> None:
    assert told(WARNING, added="[first_report]") == [
        "Line 1: [first_report] may be read only by: complainant. It is never put together for a letter to this "
        "reader, so that no letter can tell one person about another."
    ]


@pytest.mark.parametrize("slot", every_slot(), ids=str)
def test_no_letter_takes_a_value_of_another_reader(slot: Slot) -> None:
    others = [name for name in letter_values if slot.audience not in letter_values[name].audiences]
    assert others
    for name in others:
        stopping = [one for one in proofread(slot, "", f"[{name}]") if one.stops and one.line == 1]
        assert len(stopping) == 1


def test_a_question_that_is_not_in_the_words_is_told() -> None:
    assert told(WARNING, without="[effect]")[0].startswith("[effect] is missing: “What effect it has”.")


@pytest.mark.parametrize(
    ("slot", "without", "why"),
    [
        (ACKNOWLEDGEMENT, "[main_contact]", "[main_contact] is missing"),
        (ACKNOWLEDGEMENT, "[promised]", "[promised] or [next_promise] is missing"),
        (ACKNOWLEDGEMENT, "999", "“999” is missing"),
        (ACKNOWLEDGEMENT, "[complaint_route]", "[complaint_route] is missing"),
        (WARNING, "[other_languages]", "[other_languages] is missing"),
        (Slot("closure", Audience.COMPLAINANT, False), "[how_to_report]", "[how_to_report] is missing"),
        (Slot("action_plan", Audience.COMPLAINANT, True), "[actions_theirs]", "[actions_theirs] is missing"),
        (ACKNOWLEDGEMENT, "[own_words]", "[own_words] has to stand once"),
    ],
)
def test_what_policies_promise_of_a_letter_cannot_be_left_out(slot: Slot, without: str, why: str) -> None:
    found = [one for one in told(slot, without=without) if one.startswith(why)]
    assert len(found) == 1


@pytest.mark.parametrize("added", ["We say: [own_words]", "- [own_words]", "[own_words]"])
def test_what_officers_add_stands_once_and_by_itself(added: str) -> None:
    assert [one.split(",")[0] for one in told(ACKNOWLEDGEMENT, added=added)] == [
        "[own_words] has to stand once"
    ]


@pytest.mark.parametrize(
    ("slot", "added", "why"),
    [
        (
            ACKNOWLEDGEMENT,
            "{{ name }}",
            "Line 1: “{{ name }}” means nothing here. It would stand in the letter as it is.",
        ),
        (ACKNOWLEDGEMENT, "<b>", "Line 1: “<b>” means nothing here. It would stand in the letter as it is."),
        (
            ACKNOWLEDGEMENT,
            "We promise [promised].",
            "Line 1: [promised] is a table. It is drawn as one only in a paragraph of its own.",
        ),
        (
            WARNING,
            "Your neighbour was right.",
            "Line 1: “neighbour” could tell the reader who complained. Say it without.",
        ),
        (
            EASY,
            "word " * 25,
            "Line 1: A sentence of 25 words is hard to follow in easy read. Make two of it.",
        ),
        (
            ACKNOWLEDGEMENT,
            "# How often\n\n[how_often]",
            "Line 1: The heading “How often” may stand over nothing: all below it can be left out.",
        ),
    ],
)
def test_advice_does_not_stop_anybody(slot: Slot, added: str, why: str) -> None:
    words = shipped("vivid", slot.kind, slot.audience, easy_read=slot.easy_read)
    if added.startswith("#"):
        added += "\n\n# Another"
    remarks = proofread(slot, words.subject, f"{added}\n\n{words.body}")
    assert (str(remarks[0]), any(one.stops for one in remarks)) == (why, False)


def test_the_heading_is_looked_at_as_well() -> None:
    assert told(ACKNOWLEDGEMENT, subject="About [nmae]")[0].startswith("Heading: There is no value [nmae].")


def test_so_much_is_told_that_it_can_be_read() -> None:
    assert len(told(ACKNOWLEDGEMENT, added="\n".join(["[wrong]"] * 500))) == MOST_REMARKS


@pytest.mark.parametrize(("subject", "body"), [("x" * 201, "x"), ("x", "[" * 200_000)])
def test_words_that_are_too_long_are_not_looked_at(subject: str, body: str) -> None:
    assert [str(one) for one in proofread(ACKNOWLEDGEMENT, subject, body)] == [
        "The heading can have 200 characters and the words 20,000."
    ]


def test_tables_are_those_values_that_are_tables() -> None:
    policy = policy_file("believe").policy
    values = {
        name: value
        for slot in every_slot()
        for name, value in example_values(slot.kind, slot.audience, policy.core.organisation, policy).items()
    }
    assert {name for name, value in values.items() if isinstance(value, Table)} == TABLES
