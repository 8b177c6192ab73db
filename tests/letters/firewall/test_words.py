"""What the officer is told of each place to change."""

import pytest

from bench.firewall import SEED, hits_of
from bench.leaks.letters import planted
from letters.firewall import words
from letters.firewall.engine import KINDS, Hit

HIT = Hit(3, 0, 21, "name_part", "complainant", "Mrs Featherstonehaugh", "surname", "told")


def test_the_words_say_what_it_is_why_and_what_to_write() -> None:
    assert words.kind_words(HIT) == "Part of the name of the complainant"
    assert words.why_words(HIT) == (
        "“Mrs Featherstonehaugh” is part of the name of the complainant."
        " We look for every part of their name, in any spelling of capitals, accents and spaces."
    )
    assert words.instead_words(HIT) == "We have been told that"


@pytest.mark.parametrize("kind", KINDS)
def test_every_hit_of_every_kind_has_words(kind: str) -> None:
    hits = [hit for letter in planted(SEED) if letter.kind == kind for hit in hits_of(letter)]
    assert kind in {hit.kind for hit in hits}
    for hit in hits:
        for said in (words.kind_words(hit), words.why_words(hit)):
            assert "complainant" in said
            assert "%(" not in said
        assert hit.found in words.why_words(hit)
        assert words.instead_words(hit) != ""


def test_somebody_without_a_known_part_is_a_protected_person() -> None:
    hit = Hit(0, 0, 2, "plate", "somebody", "ZZ", "plate", "a_vehicle")
    assert words.kind_words(hit) == "The vehicle of the protected person"
