"""The landlords' wordings as they are shipped stop nobody's letter, whoever is protected."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from bench.leaks.people import content
from letters.firewall.engine import Protected, Reader, scan

FILES = sorted((settings.BASE_DIR / "fixtures" / "letters").glob("*/*.yaml"))
PEOPLE = [line.split("|") for which in ("people", "more_people") for line in content("people")[which]]


def texts(found: Any) -> list[str]:
    """Every subject and body, at whatever depth."""
    if isinstance(found, dict):
        return [text for value in found.values() for text in texts(value)]
    return str(found).splitlines()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_wording_is_taken_for_a_name(path: Path) -> None:
    lines = texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    named = [Protected("complainant", names=(f"{parts[0].strip()} {parts[1].strip()}",)) for parts in PEOPLE]
    assert [(hit.found, lines[hit.line]) for hit in scan(lines, named, Reader())] == []
