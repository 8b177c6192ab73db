"""Whatever is planted, wherever, is found; whatever is scanned, nothing breaks."""

import random
from functools import lru_cache

import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from bench.leaks.letters import planted
from bench.leaks.people import Someone, reader, someone
from bench.leaks.planting import ADDRESS, DISGUISE, EMAIL, FULL_NAME, PHONE, PLATE, POSTCODE, QUOTE
from letters.composing.document import Document
from letters.composing.engine import compose
from letters.composing.wording import placeholders
from letters.firewall.engine import KINDS, Protected, Reader, scan
from letters.firewall.tokens import words
from letters.firewall.vocabulary import is_word, ordinary

WAYS = [*FULL_NAME, *DISGUISE, *ADDRESS, *EMAIL, *PHONE, *PLATE, *POSTCODE, *QUOTE]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@lru_cache
def wordings() -> list[str]:
    """What is shipped for the person complained about."""
    files = sorted((settings.BASE_DIR / "fixtures" / "letters").glob("*/*.yaml"))
    found = [yaml.safe_load(path.read_text(encoding="utf-8")).get("respondent") for path in files]
    return [words["body"] for words in found if words and placeholders(words["body"])]


@lru_cache
def filler() -> list[str]:
    return sorted(word for word in ordinary() if len(word) > 3)


unusual = st.text(LETTERS, min_size=6, max_size=12).filter(lambda name: not is_word(name))
people = st.builds(
    lambda seed, held_out: someone(random.Random(seed), held_out), st.integers(0, 2**32), st.booleans()
).filter(lambda them: not any(is_word(word) for word in words(them.name)))
"""Of names that are words as well the neighbours decide: they have examples of their own, in ``cases.yaml``."""
words_between = st.lists(st.sampled_from(filler()), min_size=1, max_size=8)


def reader_elsewhere(them: Someone) -> Reader:
    """Shares neither street, postcode nor name with anybody."""
    return Reader(("Ysolde Quarrelpike",), ("3 Example Road, Exampleton, ZZ99 9ZZ",))


def filled(body: str, slot: str, leak: str, around: list[str]) -> Document:
    """A shipped wording with the leak somewhere in one of its values, and ordinary words in all others."""
    neutral = " ".join(around)
    values = dict.fromkeys(placeholders(body), neutral) | {slot: f"{neutral}: {leak}, {neutral}"}
    composed = compose(
        subject="A letter",
        body=body,
        own_words=values.get("own_words", ""),
        address=("Ysolde Quarrelpike",),
        values=values,
        optional=frozenset(),
    )
    return composed.document


@given(
    data=st.data(), them=people, seed=st.integers(0, 2**32), way=st.sampled_from(WAYS), around=words_between
)
def test_what_is_planted_in_any_value_of_any_wording_is_found(
    data: st.DataObject, them: Someone, seed: int, way: object, around: list[str]
) -> None:
    body = data.draw(st.sampled_from(wordings()))
    slot = data.draw(st.sampled_from(placeholders(body)))
    leak = way(random.Random(seed), them)  # type: ignore[operator]
    document = filled(body, slot, leak, around)
    assert scan([*document.texts()], [them.protected()], reader_elsewhere(them)) != [], leak


@given(first=unusual, surname=unusual, around=words_between, data=st.data())
def test_any_unusual_name_is_found_in_any_case_with_anything_invisible_in_it(
    first: str, surname: str, around: list[str], data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([first, surname, f"{first} {surname}", f"{surname}, {first}"]))
    place = data.draw(st.integers(1, len(name) - 1))
    hidden = data.draw(st.sampled_from(["", "\u200b", "\u00ad", "\u2060", "\u0301"]))
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
    text = " ".join([*around, case(name[:place]) + hidden + case(name[place:]), *around])
    assert scan([text], [Protected("witness", names=(f"{first} {surname}",))], Reader()) != []


anything = st.text(max_size=60)
tuples = st.lists(anything, max_size=3).map(tuple)
protected = st.builds(Protected, st.just("witness"), tuples, tuples, tuples, tuples, tuples, tuples)
readers = st.builds(Reader, tuples, tuples, tuples, tuples, tuples)
odd = st.sampled_from(
    [
        "مرحبا محمد",
        "\u202eelad\u202c",
        "👩\u200d👩\u200d👧 14",
        "٠٧٧٠٠",
        "①④ Larkspur",
        "ﬁ ﬂ ß ẞ İ",
        "\ud800",
        "{{ name }}",
        "<b>14</b>",
    ]
)


@given(
    lines=st.lists(anything | odd, max_size=6),
    who=st.lists(protected, max_size=2),
    to=readers,
    allowed=tuples,
)
def test_any_text_can_be_scanned_and_every_place_is_in_its_line(
    lines: list[str], who: list[Protected], to: Reader, allowed: tuple[str, ...]
) -> None:
    for hit in scan(lines, who, to, allowed):
        assert 0 <= hit.start < hit.end <= len(lines[hit.line])
        assert hit.found == lines[hit.line][hit.start : hit.end]
        assert hit.kind in KINDS


@given(lines=st.lists(anything | odd, min_size=1, max_size=4), name=anything)
def test_a_protected_text_of_any_script_is_scanned_for_too(lines: list[str], name: str) -> None:
    who = Protected("witness", names=(name,), addresses=(name,), words=(" ".join(lines),))
    assert scan(lines, [who], Reader()) == scan(lines, [who], Reader())


def test_readers_of_planted_letters_never_share_what_is_planted() -> None:
    for letter in planted(3, each=5):
        if letter.kind == "postcode":
            assert letter.reader.addresses[0][-7:] != letter.protected.addresses[0][-7:]


def test_a_reader_is_never_at_home_with_the_protected() -> None:
    rng = random.Random(1)
    for _ in range(200):
        them = someone(rng, held_out=False)
        assert reader(rng, them)[1] != them.address
