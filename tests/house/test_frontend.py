"""The front-end files that are copied from node_modules."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from asbcases import frontend
from tests.house.conftest import ROOT

SERVED = [
    "govuk-frontend.min.css",
    "govuk-frontend.min.js",
    "htmx.min.js",
    "moj-frontend.min.css",
    "moj-frontend.min.js",
]


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copied from the real packages to a folder of our own."""
    root = tmp_path_factory.mktemp("root")
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    frontend.copy(root)
    return root / frontend.TARGET


def test_the_files_the_pages_name_are_there(vendor: Path) -> None:
    assert sorted(path.name for path in vendor.glob("*.*")) == SERVED


@pytest.mark.parametrize("name", ["govuk-frontend.min.css", "moj-frontend.min.css"])
def test_every_address_in_a_style_sheet_is_relative_and_there(vendor: Path, name: str) -> None:
    addresses = re.findall(r"url\(([^)]*)\)", (vendor / name).read_text())
    missing = [address for address in addresses if not (vendor / address).is_file()]
    assert missing == []


@pytest.mark.parametrize("name", SERVED)
def test_neither_source_maps_nor_the_governments_typeface_are_served(vendor: Path, name: str) -> None:
    text = (vendor / name).read_text()
    assert re.findall(r"sourceMappingURL|@font-face|govuk-crest", text) == []


def test_copying_again_leaves_nothing_old(vendor: Path) -> None:
    (vendor / "old.css").touch()
    copied = frontend.copy(vendor.parents[2])
    assert not (vendor / "old.css").exists()
    assert len(copied) == len(SERVED) + len(list((vendor / "images").iterdir()))


def test_the_lock_file_pins_content_and_not_where_it_came_from() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert [name for name, package in installed.items() if "resolved" in package] == []
    assert [name for name, package in installed.items() if "integrity" not in package] == []


def test_typefaces_come_with_their_licences_and_are_not_served(vendor: Path) -> None:
    fonts = vendor.parents[2] / frontend.FONTS
    assert sorted(path.name for path in fonts.iterdir()) == sorted(frontend.FONT_FILES.values())
    assert [
        path
        for path in fonts.glob("*.ttf")
        if not (fonts / f"{path.stem.split('-')[0]}-LICENSE.txt").is_file()
    ] == []
    assert list(vendor.parent.rglob("*.ttf")) == []
