"""The documents say what is there: folders, commands, links, and decisions in order."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
ADR_PARTS = ["Context", "Decision", "Consequences"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchor(heading: str) -> str:
    """What a link to a heading says: small letters, hyphens for spaces, no punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def broken(link: str, document: Path) -> bool:
    address, _, fragment = link.partition("#")
    target = (document.parent / address).resolve() if address else document
    if not target.exists():
        return True
    headings = HEADING.findall(target.read_text(encoding="utf-8")) if fragment else []
    return bool(fragment) and fragment not in map(anchor, headings)


def inner_links(document: Path) -> list[str]:
    found = LINK.findall(document.read_text(encoding="utf-8"))
    return [link for link in found if not link.startswith(("http://", "https://", "mailto:"))]


def test_the_structure_names_every_top_folder() -> None:
    ignored = {line.rstrip("/") for line in read(".gitignore").splitlines()}
    folders = [path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")]
    section = read("docs/structure.md").split("\n## The folders\n")[1].split("\n## ")[0]
    named = re.findall(r"^\| `(\w+)/` \|", section, re.MULTILINE)
    assert sorted(named) == sorted(set(folders) - ignored)


def test_the_readme_starts_with_two_commands_that_exist() -> None:
    first = re.findall(r"^make (\w+)", read("README.md"), re.MULTILINE)
    targets = re.findall(r"^(\w+):", read("Makefile"), re.MULTILINE)
    assert first == ["run", "test"]
    assert [target for target in first if target not in targets] == []


def test_every_make_target_named_anywhere_exists() -> None:
    targets = set(re.findall(r"^(\w+):", read("Makefile"), re.MULTILINE))
    named = {
        target
        for document in DOCUMENTS
        for target in re.findall(r"`(?:\w+=\w+ )?make (\w+)`", document.read_text(encoding="utf-8"))
    }
    assert named - targets == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    assert [link for link in inner_links(document) if broken(link, document)] == []


def test_a_broken_link_is_found() -> None:
    readme = ROOT / "README.md"
    found = [
        broken(link, readme) for link in ("docs/nowhere.md", "#nothing", "docs/testing.md#testing", "#try")
    ]
    assert found == [True, True, False, False]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in ADRS]
    assert numbers == list(range(1, len(ADRS) + 1))


@pytest.mark.parametrize("path", ADRS, ids=name_of)
def test_a_decision_has_its_number_status_and_parts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    title, _, status = text.split("\n")[:3]
    assert title.startswith(f"# {int(path.name[:4])}. ")
    assert status in ("Status: accepted", "Status: replaced")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ADR_PARTS


def test_the_changelog_has_unreleased_changes_first() -> None:
    assert re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)[0] == "Unreleased"


def test_every_command_in_a_document_exists() -> None:
    named = {
        command
        for document in DOCUMENTS
        for command in re.findall(r"manage\.py (\w+)", document.read_text(encoding="utf-8"))
    }
    ours = {path.stem for path in ROOT.glob("*/management/commands/*.py")}
    assert named - ours == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_headings_go_down_one_step_at_a_time(document: Path) -> None:
    text = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert levels[:1] == [1]
    assert [deeper for level, deeper in pairwise(levels) if deeper > level + 1] == []
