"""The demonstration has something to say wherever a policy asks for words when a case closes."""

from pathlib import Path

import pytest

from asbcases.demo.content import content
from cases.gates.schema import ClosingSection
from policies.parsing import read_policy

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    [*(ROOT / "fixtures" / "policies").glob("*.yaml"), *(ROOT / "fixtures" / "demo").glob("*.yaml")]
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_question_of_closing_has_an_answer(path: Path) -> None:
    asked = read_policy(path).section(ClosingSection).closing.questions
    words = content("casework")["closing_answers"]
    assert [one.key for one in asked if one.kind != "yes_no" and one.key not in words] == []
