"""The generated pages, and whether those in ``docs/reference/`` are as they would be generated now."""

from collections.abc import Mapping
from pathlib import Path

from asbcases.reference import clauses, lifecycle, policies, replay, roles
from asbcases.reference.register import ROOT
from policies.checking import POLICY_FILES, policy_paths

FOLDER = ROOT / "docs" / "reference"


def build() -> dict[str, str]:
    """Every page by its path below the folder."""
    of_landlords = {f"policies/{path.stem}.md": policies.build(path) for path in policy_paths(POLICY_FILES)}
    return {
        "clauses.md": clauses.build(),
        "lifecycle.md": lifecycle.build(),
        "replay.md": replay.build(),
        "roles.md": roles.build(),
        **of_landlords,
    }


def stale(pages: Mapping[str, str], folder: Path = FOLDER) -> list[str]:
    """Pages that are missing, differ, or are no longer generated."""
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*.md")}
    differing = [
        name
        for name, text in pages.items()
        if name not in found or found[name].read_text(encoding="utf-8") != text
    ]
    return sorted([*differing, *(name for name in found if name not in pages)])


def write(pages: Mapping[str, str], folder: Path = FOLDER) -> list[str]:
    """Bring the folder up to date. Returns the pages that changed."""
    changed = stale(pages, folder)
    for name in changed:
        path = folder / name
        if name in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[name], encoding="utf-8")
        else:
            path.unlink()
    return changed
