"""The pictures of every letter: there is one of each, made from the words there are now."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from letters.examples import example_values
from letters.kinds import KINDS, Audience
from letters.management.commands.draw_letters import FOLDER
from letters.pdf.pages import drawn_from, pictures_of
from letters.pdf.workers import Printers
from letters.pictures import Pictured, files_of, index, made_of, pictured, printing
from letters.values import open_to
from letters.wordings import shipped
from policies.checking import POLICY_FILES, policy_paths
from policies.parsing import read_policy

LANDLORDS = {policy.core.landlord: policy for policy in map(read_policy, policy_paths(POLICY_FILES))}
LARGEST = 8_000_000
"""Bytes of all of them together."""
every_landlord = pytest.mark.parametrize("landlord", LANDLORDS)


def _letters(landlord: str) -> list[Pictured]:
    return pictured({landlord: LANDLORDS[landlord]})


def test_every_kind_for_every_reader_of_every_landlord_is_pictured() -> None:
    standard = [
        (one.landlord, one.kind, one.audience) for one in pictured(LANDLORDS) if one.format == "standard"
    ]
    assert standard == [
        (landlord, kind, audience)
        for landlord in LANDLORDS
        for kind in KINDS
        for audience in KINDS[kind].audiences
    ]
    assert len(LANDLORDS) == 5
    assert sorted({one.format for one in pictured(LANDLORDS)}) == ["easy_read", "large_print", "standard"]


@every_landlord
def test_every_page_is_drawn_from_the_words_there_are_now(landlord: str) -> None:
    """Where this fails, run ``manage.py draw_letters`` and look at what it drew."""
    stale = []
    for one in _letters(landlord):
        drawn = {drawn_from(path.read_bytes()) for path in files_of(one, FOLDER)}
        if drawn != {made_of(printing(one, LANDLORDS[landlord]))}:
            stale.append(one.name)
    assert stale == []


def test_the_index_shows_every_page_and_nothing_else_is_there() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == index(LANDLORDS, FOLDER)
    shown = {path for one in pictured(LANDLORDS) for path in files_of(one, FOLDER)}
    assert {path for path in FOLDER.rglob("*") if path.is_file()} == {*shown, FOLDER / "README.md"}
    assert sum(path.stat().st_size for path in shown) < LARGEST


def test_pages_of_a_letter_follow_each_other(tmp_path: Path) -> None:
    one = Pictured("vivid", "closure", Audience.COMPLAINANT)
    folder = tmp_path / "vivid"
    folder.mkdir()
    for name in ("closure-1", "closure-2", "closure-10", "closure-large-print-1", "closure-x"):
        (folder / f"{name}.png").touch()
    assert [path.stem for path in files_of(one, tmp_path)] == ["closure-1", "closure-2", "closure-10"]


def test_the_same_letter_gives_the_same_picture(printers: Printers) -> None:
    one = printing(Pictured("vivid", "closure", Audience.COMPLAINANT), LANDLORDS["vivid"])
    first, second = (list(pictures_of(printers.render(one), "words")) for _time in range(2))
    assert first == second
    assert {drawn_from(png) for png in first} == {"words"}
    with Image.open(BytesIO(first[0])) as image:
        assert image.size == (596, 842)


def test_only_what_changed_is_drawn_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other pages keep their files, and pages that a letter no longer has are taken away."""
    for path in files_of(Pictured("vivid", "closure", Audience.COMPLAINANT), FOLDER):
        (tmp_path / "vivid").mkdir(exist_ok=True)
        (tmp_path / "vivid" / path.name).write_bytes(path.read_bytes())
    old = tmp_path / "vivid" / "update-witness-7.png"
    old.write_bytes(b"")
    with pytest.raises(SystemExit, match="1"):
        call_command("draw_letters", check=True, into=tmp_path, landlord="vivid")
    told = capsys.readouterr().out
    assert "vivid/update-witness: stale" in told
    assert "vivid/closure" not in told


@every_landlord
def test_every_value_has_an_example(landlord: str) -> None:
    policy = LANDLORDS[landlord]
    for kind in KINDS:
        for audience in KINDS[kind].audiences:
            found = example_values(kind, audience, policy.core.organisation, policy)
            optional = {name for name, one in open_to(audience).items() if one.optional}
            lacking = {name for name, value in found.items() if value is None} - optional
            assert (kind, audience, lacking) == (kind, audience, set())


def test_words_that_need_what_no_example_has_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    words = replace(shipped("vivid", "closure", Audience.COMPLAINANT), body="[nothing]")
    monkeypatch.setattr("letters.pictures.shipped", lambda *args, **options: words)
    with pytest.raises(ValueError, match="vivid closure: nothing known for nothing"):
        printing(Pictured("vivid", "closure", Audience.COMPLAINANT), LANDLORDS["vivid"])
