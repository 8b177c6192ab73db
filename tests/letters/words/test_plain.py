"""The counter of sentences and the list of jargon can fail."""

import pytest

from tests.letters.words.plain import average, jargon_in, reading_age, sentences, words_in


def test_headings_items_and_colons_end_a_sentence() -> None:
    text = "# What happens now\n\nWe ring you. Will you be there?\n\n- Day: [when]\n- [where]"
    assert sentences(text) == [
        "What happens now",
        "We ring you.",
        "Will you be there?",
        "Day:",
        "[when]",
        "[where]",
    ]


def test_a_placeholder_is_one_word() -> None:
    assert words_in("Call us on [opening_hours] now") == ["Call", "us", "on", "openingxhours", "now"]


def test_greetings_do_not_make_a_letter_shorter() -> None:
    assert average("Dear [name]\n\nOne two three four. One two three four five six.") == 5


def test_jargon_is_found_as_whole_words_and_the_review_keeps_its_name() -> None:
    assert jargon_in("The ASB case review, a framed [breach], and a Breach of ASB rules") == ["asb", "breach"]


def test_the_reading_age_rises_with_long_words_and_long_sentences() -> None:
    """As the formula gives it for six words with one syllable each."""
    assert round(reading_age("The cat sat on the mat."), 2) == round(0.39 * 6 + 11.8 - 15.59 + 5, 2)
    hard = "Subsequent correspondence necessitates immediate investigation by appropriate organisations."
    assert reading_age(hard) > 25


@pytest.mark.parametrize(
    ("word", "syllables"), [("table", 2), ("made", 1), ("wanted", 2), ("houses", 2), ("we", 1)]
)
def test_an_e_that_is_not_spoken_is_no_syllable(word: str, syllables: int) -> None:
    three = reading_age(f"{word} {word} {word}.")
    assert round(three, 2) == round(0.39 * 3 + 11.8 * syllables - 15.59 + 5, 2)
