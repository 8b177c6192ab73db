"""What an officer typed one on each line stands as a list."""

from letters.composing.document import Items, Paragraph, Run
from letters.composing.engine import compose


def made(body: str, typed: str) -> tuple[object, ...]:
    composed = compose(
        subject="", body=body, own_words="", address=(), values={"must_stop": typed}, optional=frozenset()
    )
    return composed.document.blocks


def test_each_line_is_an_item_of_its_own() -> None:
    assert made("- [must_stop]", "Turn it down\n\n  Keep the dog in  ") == (
        Items(((Run("Turn it down", "must_stop"),), (Run("Keep the dog in", "must_stop"),))),
    )


def test_one_line_is_one_item() -> None:
    assert made("- [must_stop]", "Turn it down") == (Items(((Run("Turn it down", "must_stop"),),)),)


def test_in_a_paragraph_each_line_is_a_paragraph() -> None:
    assert made("[must_stop]", "Turn it down\nKeep the dog in") == (
        Paragraph((Run("Turn it down", "must_stop"),)),
        Paragraph((Run("Keep the dog in", "must_stop"),)),
    )


def test_in_a_sentence_lines_are_run_together() -> None:
    assert made("- Please: [must_stop]", "Turn it down\nKeep the dog in") == (
        Items(((Run("Please: "), Run("Turn it down Keep the dog in", "must_stop")),)),
    )
