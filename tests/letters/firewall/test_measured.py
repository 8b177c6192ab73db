"""The promise, on the labelled letters: nothing planted gets through, and hardly anything harmless is stopped."""

import pytest

from bench.firewall import HELD_OUT_SEED, SEED, alarmed, missed
from bench.leaks.letters import CLEAN, EACH, Letter, clean, planted
from letters.firewall.engine import KINDS

SETS = [(SEED, False), (HELD_OUT_SEED, True)]


def told(letters: list[Letter]) -> list[tuple[str, str]]:
    return [(letter.kind, letter.lines[letter.at]) for letter in letters]


def test_the_set_is_as_large_as_promised_and_always_the_same() -> None:
    letters = planted(SEED)
    assert len(letters) >= 400
    assert {kind: sum(letter.kind == kind for letter in letters) for kind in KINDS} == dict.fromkeys(
        KINDS, EACH
    )
    assert EACH >= 30
    assert len(clean(SEED)) == CLEAN >= 400
    assert planted(SEED) == letters


def test_what_is_held_out_shares_no_people_with_what_is_worked_with() -> None:
    both = [
        {letter.protected.names for letter in planted(SEED, held_out=held_out)} for held_out in (True, False)
    ]
    assert both[0] & both[1] == set()


@pytest.mark.parametrize(("seed", "held_out"), SETS)
def test_every_planted_leak_is_found(seed: int, held_out: bool) -> None:
    assert told(missed(planted(seed, held_out=held_out))) == []


@pytest.mark.parametrize(("seed", "held_out"), SETS)
def test_fewer_than_three_in_a_hundred_harmless_letters_are_stopped(seed: int, held_out: bool) -> None:
    letters = clean(seed, held_out=held_out)
    assert len(alarmed(letters)) < 0.03 * len(letters)
