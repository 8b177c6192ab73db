"""What has changed, as a person reads it."""

from letters.pages.wording.comparing import Piece, Row, compared
from letters.wordings import Words

BODY = "Dear [name]\n\nWe had your report on [first_report].\n\n# Next\n\n- One\n- Two"


def words(body: str, subject: str = "Your report") -> Words:
    return Words(0, subject, body)


def test_the_same_words_do_not_differ_however_their_lines_are_broken() -> None:
    assert compared(words(BODY), words(BODY.replace("\n\n", "\n\n\n"))) == [Row(same=6)]
    assert compared(words(BODY), words(BODY.replace("We had", "We\nhad"))) == [Row(same=6)]


def test_a_word_that_changed_is_marked_in_its_passage() -> None:
    assert compared(words(BODY), words(BODY.replace("your report", "your letter"))) == [
        Row(same=2),
        Row(
            (
                Piece("We had your "),
                Piece("report", "gone"),
                Piece("letter", "added"),
                Piece(" on [first_report]."),
            )
        ),
        Row(same=3),
    ]


def test_passages_that_came_and_went_are_whole() -> None:
    assert compared(words("One\n\nTwo"), words("One\n\nTwo\n\n# Three")) == [
        Row(same=3),
        Row((Piece("# Three", "added"),), heading=True),
    ]
    assert compared(words("One\n\nTwo"), words("Two"))[1] == Row((Piece("One", "gone"),))


def test_a_passage_with_other_words_is_gone_and_new() -> None:
    assert compared(words("We will call you tomorrow."), words("[own_words]"))[1:] == [
        Row((Piece("We will call you tomorrow.", "gone"),)),
        Row((Piece("[own_words]", "added"),)),
    ]


def test_another_heading_of_the_letter_is_a_change() -> None:
    assert compared(words(BODY), words(BODY, "Your call")) == [
        Row((Piece("Your "), Piece("report", "gone"), Piece("call", "added"))),
        Row(same=5),
    ]


def test_a_passage_without_an_end_is_not_compared_word_by_word() -> None:
    long = "one two " * 600
    assert compared(words(long), words(f"{long}three"))[1:] == [
        Row((Piece(long.strip(), "gone"),)),
        Row((Piece(f"{long}three", "added"),)),
    ]
