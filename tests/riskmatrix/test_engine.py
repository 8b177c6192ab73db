"""The scorecard as it is printed, and the arithmetic over it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from riskmatrix.engine import Answered, Fault, Mode, Scale, answers_from, faults, most, points, score
from riskmatrix.instrument import Instrument, Question, instrument_of, instruments
from tests.riskmatrix.answering import HIGH, HIGHEST, LOWEST, MEDIUM, answers

RAM = instrument_of("pfp-ram-2024", 1)
SUM, ONLY_HIGHEST = Scale("sum", 18, 26), Scale("highest", 18, 26)
PRINTED = [
    ("Other than this occasion - how often do you have problems?", [5, 3, 2, 1, 0]),
    ("Do you think the current incident is linked to previous incidents? If so why?", [2, 0]),
    ("Do you think that incidents are happening more often and/or are getting worse?", [2, 0]),
    ("Do you know the offender/ s?", [2, 1, 0]),
    (
        "Does the perpetrator (or their associates) have a history of or reputation for intimidation or harassment?",
        [6, 4, 2, 0],
    ),
    (
        "Have you informed any other agencies about what has happened?"
        " If yes, are you happy for us to discuss this problem with them? Details:",
        [0, 1],
    ),
    ("Which of the following do you think that this incident deliberately targeted Specify", [4, 3, 1, 0]),
    (
        "Do you feel that this incident is associated with your faith, nationality, ethnicity, sexuality, gender or"
        " disability? Details:",
        [3, 0],
    ),
    (
        "In addition to what has happened, do you feel that there is anything that is increasing you or your"
        " household's personal risk (e.g. because of personal circumstances) Details:",
        [3, 0],
    ),
    ("How affected do you feel by what has happened? Details:", [0, 1, 2, 3, 5]),
    (
        "Has yours or anyone's health been affected as a result of this and any previous incidents? Details:",
        [3, 3],
    ),
    (
        "Do you have a social worker, health visitor or any other type of professional support?"
        " Can we speak to them about this? Details:",
        [0, 1],
    ),
    ("Do you have any friends and family to support you?", [3, 3, 1, 0]),
    (
        "Apart from any effect on you, do you think anyone else has been affected by what has happened? Details:",
        [1, 3],
    ),
]


def _answered(question: Question) -> st.SearchStrategy[Answered]:
    together = [option.key for option in question.options if not option.alone]
    single = st.sampled_from([option.key for option in question.options]).map(lambda key: Answered((key,)))
    several = st.sets(st.sampled_from(together), min_size=1).map(lambda keys: Answered(tuple(sorted(keys))))
    one = single | several if question.several else single
    return st.one_of(one, st.just(Answered(declined=True)), st.just(Answered()))


ANSWERS = st.fixed_dictionaries({one.number: _answered(one) for one in RAM.questions})


def test_the_questions_and_scores_are_those_of_the_print_in_their_order() -> None:
    printed = [
        (one.printed, [option.score for option in one.options if not option.ours and not option.unscored])
        for one in RAM.questions
    ]
    assert printed == PRINTED


def test_what_the_print_does_not_have_is_marked_as_ours() -> None:
    found = {
        (one.number, option.key): (option.ours, option.unscored)
        for one in RAM.questions
        for option in one.options
        if option.ours or option.unscored
    }
    assert found == {
        (11, "neither"): (True, False),
        (14, "nobody"): (True, False),
        (14, "other"): (False, True),
    }


def test_which_questions_take_several_answers_and_which_answers_go_alone() -> None:
    assert [one.number for one in RAM.questions if one.several] == [7, 11, 14]
    alone = [(one.number, option.key) for one in RAM.questions for option in one.options if option.alone]
    assert alone == [(7, "none"), (11, "neither"), (14, "nobody")]


def test_consent_is_asked_with_questions_6_and_12_and_hate_follows_question_8() -> None:
    assert [one.number for one in RAM.questions if one.consent] == [6, 12]
    assert {one.number: one.prompts_hate for one in RAM.questions if one.prompts_hate} == {8: ("yes",)}


def test_the_highest_scores_are_51_when_answers_add_up_and_43_when_the_highest_counts() -> None:
    assert (most(RAM, "sum"), most(RAM, "highest")) == (51, 43)
    by_part = {
        mode: [
            sum(points(one, answers(HIGHEST)[one.number], mode) for one in RAM.of_section(part.key))
            for part in RAM.sections
        ]
        for mode in ("sum", "highest")
    }
    assert by_part == {"sum": [18, 19, 14], "highest": [18, 15, 10]}


@pytest.mark.parametrize(
    ("several", "reach"),
    [
        ({14}, 44),
        ({11}, 46),
        ({7}, 47),
        ({11, 14}, 47),
        ({7, 14}, 48),
        ({7, 11}, 50),
        ({7, 11, 14}, 51),
        (set(), 43),
    ],
)
def test_the_reach_of_each_set_of_questions_with_several_answers(several: set[int], reach: int) -> None:
    questions = tuple(one.model_copy(update={"several": one.number in several}) for one in RAM.questions)
    assert most(RAM.model_copy(update={"questions": questions}), "sum") == reach


def test_golden_scores() -> None:
    found = [
        (scored.score, scored.band, scored.sections, scored.complete)
        for scored in (score(RAM, answers(told), SUM) for told in (LOWEST, MEDIUM, HIGH, HIGHEST))
    ]
    assert found == [
        (0, "low", {"history": 0, "vulnerability": 0, "support": 0}, True),
        (18, "medium", {"history": 11, "vulnerability": 7, "support": 0}, True),
        (26, "high", {"history": 11, "vulnerability": 15, "support": 0}, True),
        (51, "high", {"history": 18, "vulnerability": 19, "support": 14}, True),
    ]
    assert score(RAM, answers(HIGHEST), ONLY_HIGHEST).score == 43


def test_the_bands_and_the_two_points_before_the_next() -> None:
    found = {
        number: (SUM.band(number), SUM.nearly(number))
        for number in (0, 15, 16, 17, 18, 23, 24, 25, 26, 34, 51)
    }
    assert found == {
        0: ("low", None),
        15: ("low", None),
        16: ("low", "medium"),
        17: ("low", "medium"),
        18: ("medium", None),
        23: ("medium", None),
        24: ("medium", "high"),
        25: ("medium", "high"),
        26: ("high", None),
        34: ("high", None),
        51: ("high", None),
    }


def test_a_question_that_was_declined_was_asked_and_scores_nothing() -> None:
    told = {**HIGHEST, 5: "declined"}
    scored = score(RAM, answers(told), SUM)
    assert (scored.score, scored.declined, scored.missing, scored.complete) == (45, (5,), (), True)


def test_words_without_an_answer_are_no_answer() -> None:
    scored = score(RAM, {**answers(LOWEST), 9: Answered(text="She would not say")}, SUM)
    assert (scored.missing, scored.complete) == ((9,), False)


def test_nothing_asked() -> None:
    scored = score(RAM, {}, SUM)
    assert (scored.score, scored.missing, scored.band) == (0, tuple(range(1, 15)), "low")


@pytest.mark.parametrize(
    ("number", "given", "kind"),
    [
        (1, Answered(("hourly",)), "unknown_option"),
        (1, Answered(("daily", "most_days")), "one_answer"),
        (7, Answered(("you", "you")), "unknown_option"),
        (7, Answered(("you", "none")), "goes_alone"),
        (7, Answered(("you",), declined=True), "declined_and_answered"),
        (15, Answered(("yes",)), "unknown_question"),
    ],
)
def test_answers_the_print_does_not_allow(number: int, given: Answered, kind: str) -> None:
    assert [(fault.number, fault.kind) for fault in faults(RAM, {number: given})] == [(number, kind)]


def test_every_fault_is_told_at_once() -> None:
    told = {1: Answered(("hourly",)), 2: Answered(("yes", "no")), 3: Answered(("yes",))}
    assert faults(RAM, told) == [Fault(1, "unknown_option"), Fault(2, "one_answer")]


def test_a_chronology_writes_keys_lists_and_declined() -> None:
    assert answers_from({1: "daily", 7: ["you", "family"], 9: "declined"}) == {
        1: Answered(("daily",)),
        7: Answered(("you", "family")),
        9: Answered(declined=True),
    }


def test_answers_are_kept_as_they_were_given() -> None:
    given = Answered(("yes",), False, "Police, 24 December", True)
    assert Answered.from_json(given.as_json()) == given


@pytest.mark.parametrize(("mode", "reach"), [("sum", 51), ("highest", 43)])
def test_every_whole_number_up_to_the_highest_is_reached(mode: Mode, reach: int) -> None:
    reached = {0}
    for question in RAM.questions:
        reached = {total + one for total in reached for one in _values(question, mode)}
    assert reached == set(range(reach + 1))


def _values(question: Question, mode: Mode) -> set[int]:
    together = [option.key for option in question.options if not option.alone]
    size = len(together) if question.several else 1
    picks = [pick for many in range(1, size + 1) for pick in itertools.combinations(together, many)]
    return {0, *(points(question, Answered(pick), mode) for pick in picks)}


@given(ANSWERS)
def test_the_highest_never_counts_more_than_the_sum_and_parts_make_the_whole(
    told: dict[int, Answered],
) -> None:
    added, highest = score(RAM, told, SUM), score(RAM, told, ONLY_HIGHEST)
    assert 0 <= highest.score <= added.score <= added.most == 51
    assert highest.score <= highest.most == 43
    assert sum(added.sections.values()) == added.score
    assert faults(RAM, told) == []


@given(ANSWERS, st.integers(1, 14), st.data())
def test_a_worse_answer_never_lowers_score_or_band(
    told: dict[int, Answered], number: int, data: st.DataObject
) -> None:
    question = RAM.question(number)
    assert question is not None
    worse = data.draw(_answered(question))
    for scale in (SUM, ONLY_HIGHEST):
        before, after = score(RAM, told, scale), score(RAM, {**told, number: worse}, scale)
        gained = points(question, worse, scale.mode) - points(question, told[number], scale.mode)
        assert after.score - before.score == gained
        bands = ["low", "medium", "high"]
        rise = bands.index(after.band) - bands.index(before.band)
        assert rise * gained >= 0


@given(ANSWERS, ANSWERS)
def test_the_same_answers_in_another_order_give_the_same_result(
    told: dict[int, Answered], other: dict[int, Answered]
) -> None:
    merged = {**other, **told}
    assert score(RAM, dict(reversed(list(merged.items()))), SUM) == score(RAM, merged, SUM)


def test_instruments_are_found_by_key_and_version() -> None:
    assert list(instruments()) == [("pfp-ram-2024", 1)]
    with pytest.raises(KeyError):
        instrument_of("pfp-ram-2024", 2)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"questions": RAM.questions[1:]}, "numbered from 1"),
        ({"sections": RAM.sections[:2]}, "belongs to a section"),
    ],
)
def test_an_instrument_that_does_not_hold_together_is_not_read(
    change: dict[str, object], message: str
) -> None:
    data = {**RAM.model_dump(), **{key: [one.model_dump() for one in value] for key, value in change.items()}}  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match=message):
        Instrument.model_validate(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"options": [{"key": "a", "label": "A", "score": 1}] * 2}, "twice"),
        ({"prompts_hate": ["maybe"]}, "has no option maybe"),
    ],
)
def test_a_question_that_does_not_hold_together_is_not_read(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Question.model_validate({**RAM.questions[7].model_dump(), **change})
