"""The questions, their options and their scores, as versioned data. Pure: no database, no clock.

An instrument belongs to whoever printed it; what the print lacks is marked as ours and never sold as theirs.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

INSTRUMENTS = Path(__file__).resolve().parent.parent / "fixtures" / "risk"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=30)]


class _Piece(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(_Piece):
    """One printed answer. ``alone`` goes with no other answer; ``unscored`` is printed without a score."""

    key: Key
    label: Text
    score: int = Field(ge=0, le=20)
    alone: bool = False
    ours: bool = False
    unscored: bool = False


class Question(_Piece):
    """One printed question. ``consent`` is its unscored second half, ``details`` what it asks to be written down.

    Answers in ``prompts_hate`` lead to the question whether to record a hate perception.
    """

    number: int = Field(ge=1)
    section: Key
    text: Text
    consent: Text | None = None
    details: Text | None = None
    several: bool = False
    prompts_hate: tuple[Key, ...] = ()
    options: tuple[Option, ...] = Field(min_length=2)

    @property
    def printed(self) -> str:
        """The whole question in the words and order of the print."""
        return " ".join(part for part in (self.text, self.consent, self.details) if part)

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)

    @model_validator(mode="after")
    def _keys_are_used_once(self) -> Self:
        keys = [option.key for option in self.options]
        if len(set(keys)) < len(keys):
            raise ValueError(f"question {self.number} has an option key twice")
        if unknown := set(self.prompts_hate) - set(keys):
            raise ValueError(f"question {self.number} has no option {', '.join(sorted(unknown))}")
        return self


class Part(_Piece):
    """A heading of the print, with its own running score."""

    key: Key
    label: Text


class Instrument(_Piece):
    key: Key
    version: int = Field(ge=1)
    title: Text
    source: Text
    guide: Text
    consent: Text
    sections: tuple[Part, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = Field(min_length=1)

    def question(self, number: int) -> Question | None:
        return next((question for question in self.questions if question.number == number), None)

    def of_section(self, key: str) -> Iterator[Question]:
        return (question for question in self.questions if question.section == key)

    @model_validator(mode="after")
    def _numbered_through(self) -> Self:
        if [question.number for question in self.questions] != list(range(1, len(self.questions) + 1)):
            raise ValueError("questions are numbered from 1 without a gap")
        if {question.section for question in self.questions} != {part.key for part in self.sections}:
            raise ValueError("every question belongs to a section, and every section has a question")
        return self


@cache
def instruments() -> dict[tuple[str, int], Instrument]:
    """Every instrument by key and version, read once. Raises ValueError for a file that does not hold together."""
    read = [_read(path) for path in sorted(INSTRUMENTS.glob("*.yaml"))]
    found = {(one.key, one.version): one for one in read}
    if len(found) < len(read):
        raise ValueError("two files hold the same version of an instrument")
    return found


def instrument_of(key: str, version: int) -> Instrument:
    """Raises KeyError for one that is not among the data."""
    return instruments()[key, version]


def _read(path: Path) -> Instrument:
    return Instrument.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
