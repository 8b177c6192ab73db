"""The counter of sentences and the list of jargon can fail."""

from tests.letters.words.plain import average, jargon_in, sentences, words_in


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
