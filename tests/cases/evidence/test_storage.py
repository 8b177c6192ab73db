"""A record never without its file, a file never without its record."""

import gc
import os
import stat
from pathlib import Path

import pytest
from django.db import transaction

from cases.evidence import storage
from cases.evidence.storage import Waiting, kept, place_of
from tests.cases.evidence.files import everything_in
from timeline import clock

SHA = "3f" + "a" * 62
PLACE = place_of("originals", "vivid", SHA)


def waiting(content: bytes = b"bark") -> Waiting:
    made = Waiting()
    made.path.write_bytes(content)
    return made


def grow_old(path: Path) -> None:
    long_ago = clock.now().timestamp() - storage.LEFT_OVER_AFTER - 1
    os.utime(path, (long_ago, long_ago))


@pytest.mark.django_db(transaction=True)
def test_it_is_moved_into_place_when_the_transaction_commits_and_not_before(root: Path) -> None:
    one = waiting()
    with transaction.atomic():
        one.hold(PLACE)
        with pytest.raises(FileNotFoundError):
            kept(PLACE)
    assert kept(PLACE).read_bytes() == b"bark"
    one.discard()
    assert everything_in(root) == [PLACE]


@pytest.mark.django_db(transaction=True)
def test_nobody_else_can_read_it_and_nobody_can_write_to_it(root: Path) -> None:
    with transaction.atomic():
        waiting().hold(PLACE)
    assert stat.S_IMODE(kept(PLACE).stat().st_mode) == 0o400
    folders = [root, *[one for one in root.rglob("*") if one.is_dir()]]
    assert {stat.S_IMODE(one.stat().st_mode) for one in folders} == {0o700}


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_leaves_no_file(root: Path) -> None:
    class Mishap(Exception):
        pass

    def fail() -> None:
        with transaction.atomic():
            waiting().hold(PLACE)
            assert len(everything_in(root)) == 1
            raise Mishap

    with pytest.raises(Mishap):
        fail()
    gc.collect()
    assert everything_in(root) == []


@pytest.mark.django_db(transaction=True)
def test_an_inner_step_that_fails_leaves_no_file_either(root: Path) -> None:
    with transaction.atomic():
        inner = transaction.atomic()
        inner.__enter__()
        waiting().hold(PLACE)
        inner.__exit__(ValueError, ValueError(), None)
    gc.collect()
    assert everything_in(root) == []


@pytest.mark.django_db(transaction=True)
def test_the_same_content_twice_is_kept_once(root: Path) -> None:
    for _number in range(2):
        with transaction.atomic():
            waiting().hold(PLACE)
    assert everything_in(root) == [PLACE]


def test_one_that_nobody_holds_any_more_is_gone(root: Path) -> None:
    one = waiting()
    assert len(everything_in(root)) == 1
    del one
    gc.collect()
    assert everything_in(root) == []


def test_what_is_in_use_is_no_leftover(root: Path) -> None:
    one = waiting()
    assert list(storage.leftovers()) == []
    grow_old(one.path)
    assert [left.path for left in storage.leftovers()] == [one.path]


def test_a_leftover_says_where_it_belongs(root: Path) -> None:
    held = root / "incoming" / f"originals.derby-homes.3f.{SHA}.{'0' * 32}"
    held.parent.mkdir(parents=True)
    held.write_bytes(b"bark")
    grow_old(held)
    assert [(left.landlord_key, left.place) for left in storage.leftovers()] == [
        ("derby-homes", place_of("originals", "derby-homes", SHA))
    ]


@pytest.mark.parametrize(
    "place",
    ["", "../settings.py", "originals/../../etc/passwd", f"/originals/vivid/3f/{SHA}", f"incoming/vivid/3f/{SHA}",
     f"originals/vivid/3f/{SHA}/..", f"originals/vivid/3f/{SHA}\n", "originals/vivid/3f/\x00"],
)  # fmt: skip
def test_nothing_but_a_place_is_opened(root: Path, place: str) -> None:
    with pytest.raises(ValueError, match="not a place of evidence"):
        kept(place)
