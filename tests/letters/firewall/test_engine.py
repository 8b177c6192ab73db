"""What stops a letter and what does not: every kind by example, the reader's own details, places and their lines."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from letters.firewall.engine import KINDS, Hit, Protected, Reader, scan

READER = Reader(
    names=("Dale Prentice-Hargreaves",),
    addresses=("16 Larkspur Court, Harrowmere, ZZ4 7QT",),
    phones=("07700 900456",),
    emails=("dale@example.org",),
    plates=("ZZ60 DPH",),
)
SAID = ("{}", "We write to you today. {}", "We know that {} on that day.")
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")
)


def protected(case: dict[str, Any]) -> Protected:
    return Protected("complainant", **{field: tuple(texts) for field, texts in case["protected"].items()})


STOPPED = [(case, kind, text) for case in CASES for kind, texts in case["stopped"].items() for text in texts]
CLEAN = [(case, text) for case in CASES for text in case["clean"]]


def one(*lines: str, who: Protected, reader: Reader = READER, allowed: tuple[str, ...] = ()) -> list[Hit]:
    return scan(lines, [who], reader, allowed)


def test_every_kind_has_examples() -> None:
    assert {kind for _, kind, _ in STOPPED} == set(KINDS)
    assert len(KINDS) == 12


@pytest.mark.parametrize(
    ("case", "kind", "text"), STOPPED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_leak_is_stopped(case: dict[str, Any], kind: str, text: str) -> None:
    said = SAID if kind not in ("full_name", "name_part") else SAID[:1]
    for sentence in said:
        hits = one(sentence.format(text), who=protected(case))
        assert kind in {hit.kind for hit in hits}, sentence.format(text)


@pytest.mark.parametrize(("case", "text"), CLEAN, ids=lambda value: value if isinstance(value, str) else "")
def test_ordinary_words_go(case: dict[str, Any], text: str) -> None:
    for sentence in SAID[:2]:
        assert one(sentence.format(text), who=protected(case)) == []


MARGUERITE = protected(CASES[0])


def test_a_hit_tells_where_it_is_in_the_line_as_it_was_given() -> None:
    line = "It was M\u200bargu\u0065\u0301rite  Featherstonehaugh, at number 14."
    hits = one("Nothing here.", line, who=MARGUERITE)
    assert [(hit.line, hit.kind, hit.found) for hit in hits] == [
        (1, "disguise", "M\u200bargu\u0065\u0301rite  Featherstonehaugh"),
        (1, "home_number", "number 14"),
    ]
    assert all(line[hit.start : hit.end] == hit.found for hit in hits)
    assert [(hit.label, hit.why, hit.instead) for hit in hits] == [
        ("complainant", "first_name", "told"),
        ("complainant", "home_number", "a_home"),
    ]


def test_the_letter_of_the_picture_is_stopped_in_two_places() -> None:
    hits = one(
        "We have been told about shouting, threats and banging on a door at Larkspur Court.",
        "Mrs Featherstonehaugh has told us that on Saturday 2 January, at about 11:45pm, you stood outside number 14"
        " and kicked the door twice.",
        "Please meet me at the Harrowmere Office on Wednesday 6 January at 10am. Call me on 020 7946 0199.",
        who=MARGUERITE,
    )
    assert [(hit.line, hit.kind, hit.found) for hit in hits] == [
        (1, "name_part", "Mrs Featherstonehaugh"),
        (1, "home_number", "number 14"),
    ]


def test_what_runs_over_two_lines_is_shown_in_both() -> None:
    hits = one("You were seen at 14", "Larkspur Court", "at night", who=MARGUERITE)
    assert [(hit.line, hit.kind, hit.found) for hit in hits] == [
        (0, "address", "14"),
        (1, "address", "Larkspur Court"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dear Mr Prentice-Hargreaves",
        "Dale Prentice-Hargreaves",
        "16 Larkspur Court",
        "number 16",
        "ZZ4 7QT",
        "07700 900456",
        "dale@example.org",
        "ZZ60 DPH",
    ],
)
def test_what_the_reader_shares_is_no_leak(text: str) -> None:
    same = Protected(
        "witness",
        names=("Dale Prentice",),
        addresses=("Flat 5, 16 Larkspur Court, Harrowmere, ZZ4 7QT",),
        phones=("07700900456",),
        emails=("dale@example.org",),
        plates=("ZZ60DPH",),
    )
    assert one(text, who=same) == []
    assert one(text, who=same, reader=Reader()) != []


def test_of_a_shared_block_the_flat_is_a_leak_and_the_house_is_not() -> None:
    neighbour = Protected("complainant", addresses=("Flat 5, 16 Larkspur Court, Harrowmere, ZZ4 7QT",))
    reader = Reader(addresses=("Flat 7, 16 Larkspur Court, Harrowmere, ZZ4 7QT",))
    assert one("Flat 7, 16 Larkspur Court", "number 16", "ZZ4 7QT", who=neighbour, reader=reader) == []
    for text in ("flat 5", "number 5", "5/16 Larkspur Court", "next door at 5"):
        assert one(text, who=neighbour, reader=reader) != [], text


def test_a_shared_surname_is_no_leak_and_the_first_name_is() -> None:
    sister = Protected("complainant", names=("Ola Nowak",))
    reader = Reader(names=("Piotr Nowak",))
    assert one("Dear Mr Nowak", who=sister, reader=reader) == []
    assert [hit.found for hit in one("Ola Nowak told us", who=sister, reader=reader)] == ["Ola"]


def test_allowed_texts_stand_and_only_as_a_whole() -> None:
    grace = Protected("complainant", names=("Grace Ellery-Bond",), phones=("020 7946 0123",))
    allowed = ("Grace Ellery", "020 7946 0123")
    assert one("Call Grace Ellery on 020 7946 0123.", who=grace, allowed=allowed) == []
    assert [hit.found for hit in one("Grace has told us. Grace Ellery", who=grace, allowed=allowed)] == [
        "Grace"
    ]


def test_several_people_are_each_looked_for() -> None:
    witness = Protected("witness", names=("Tomasz Lewandowski",))
    hits = scan(["Tomasz and Marguerite saw it."], [MARGUERITE, witness], READER)
    assert [(hit.found, hit.label) for hit in hits] == [("Tomasz", "witness"), ("Marguerite", "complainant")]


@pytest.mark.parametrize("nobody", [Protected("complainant"), Protected("witness", *[("", " ")] * 6)])
def test_of_nobody_known_nothing_is_found(nobody: Protected) -> None:
    assert one("You may write to us at number 14, 020 7946 0199.", "", who=nobody) == []


def test_an_empty_letter_has_nothing_in_it() -> None:
    assert scan([], [MARGUERITE], READER) == []
