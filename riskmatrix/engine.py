"""From answers to a score and the band it suggests. Pure: the same answers always give the same result.

The scorecard prints no thresholds and does not say whether several answers add up, so both come from the policy as
our reading (Ruling 5). The band found here is a suggestion; a person confirms it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from riskmatrix.instrument import Instrument, Question

Mode = Literal["sum", "highest"]
Band = Literal["low", "medium", "high"]
BANDS: tuple[Band, ...] = ("low", "medium", "high")
NEARLY = 2
"""A score this close below the next band is pointed out."""


@dataclass(frozen=True)
class Answered:
    """What one person said to one question: the keys chosen, or that they were asked and did not say.

    ``consent`` answers the question's second half where it has one; it never scores.
    """

    chosen: tuple[str, ...] = ()
    declined: bool = False
    text: str = ""
    consent: bool | None = None

    @property
    def asked(self) -> bool:
        return self.declined or bool(self.chosen)

    def as_json(self) -> dict[str, Any]:
        return {
            "chosen": list(self.chosen),
            "declined": self.declined,
            "text": self.text,
            "consent": self.consent,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Answered":
        return cls(tuple(kept["chosen"]), kept["declined"], kept["text"], kept.get("consent"))


Answers = Mapping[int, Answered]
NOT_ASKED = Answered()


@dataclass(frozen=True)
class Scale:
    """How answers add up, and the score from which a band begins."""

    mode: Mode
    medium_from: int
    high_from: int

    def band(self, score: int) -> Band:
        if score >= self.high_from:
            return "high"
        return "medium" if score >= self.medium_from else "low"

    def nearly(self, score: int) -> Band | None:
        """The next band, where the score is within two points below it."""
        if self.high_from - NEARLY <= score < self.high_from:
            return "high"
        return "medium" if self.medium_from - NEARLY <= score < self.medium_from else None


@dataclass(frozen=True)
class Scored:
    """``most`` is what these questions could come to at most; ``missing`` are the numbers nobody asked."""

    score: int
    most: int
    sections: dict[str, int]
    missing: tuple[int, ...]
    declined: tuple[int, ...]
    band: Band
    nearly: Band | None

    @property
    def complete(self) -> bool:
        """Every question was asked, answered or not (Places for People 5.4: “all questions are asked”)."""
        return not self.missing


def score(instrument: Instrument, answers: Answers, scale: Scale) -> Scored:
    """Answers that break the instrument's rules are the caller's to refuse first (``faults``)."""
    sections = {
        part.key: sum(
            points(one, _given(answers, one), scale.mode) for one in instrument.of_section(part.key)
        )
        for part in instrument.sections
    }
    total = sum(sections.values())
    questions = instrument.questions
    return Scored(
        score=total,
        most=most(instrument, scale.mode),
        sections=sections,
        missing=tuple(one.number for one in questions if not _given(answers, one).asked),
        declined=tuple(one.number for one in questions if _given(answers, one).declined),
        band=scale.band(total),
        nearly=scale.nearly(total),
    )


def points(question: Question, answered: Answered, mode: Mode) -> int:
    """Of one question: all chosen answers together, or only the highest of them."""
    scores = [option.score for option in question.options if option.key in answered.chosen]
    return sum(scores) if mode == "sum" else max(scores, default=0)


def most(instrument: Instrument, mode: Mode) -> int:
    """The highest score there is."""
    return sum(_most_of(question, mode) for question in instrument.questions)


def _most_of(question: Question, mode: Mode) -> int:
    together = [option.score for option in question.options if not option.alone]
    alone = max(option.score for option in question.options)
    return max(sum(together), alone) if question.several and mode == "sum" else alone


@dataclass(frozen=True)
class Fault:
    """One answer that the instrument does not allow: of which question, and why."""

    number: int
    kind: Literal["unknown_question", "unknown_option", "one_answer", "goes_alone", "declined_and_answered"]


def faults(instrument: Instrument, answers: Answers) -> list[Fault]:
    """Everything wrong with the answers at once."""
    unknown = [Fault(number, "unknown_question") for number in answers if not instrument.question(number)]
    found = [
        fault
        for question in instrument.questions
        if question.number in answers
        for fault in _faults_of(question, answers[question.number])
    ]
    return unknown + found


def _faults_of(question: Question, answered: Answered) -> Iterator[Fault]:
    options = [question.option(key) for key in answered.chosen]
    if None in options or len(set(answered.chosen)) < len(answered.chosen):
        yield Fault(question.number, "unknown_option")
    if answered.declined and answered.chosen:
        yield Fault(question.number, "declined_and_answered")
    if len(options) > 1 and not question.several:
        yield Fault(question.number, "one_answer")
    elif len(options) > 1 and any(option and option.alone for option in options):
        yield Fault(question.number, "goes_alone")


def _given(answers: Answers, question: Question) -> Answered:
    return answers.get(question.number, NOT_ASKED)


DECLINED = "declined"


def answers_from(told: Mapping[int, str | list[str]]) -> dict[int, Answered]:
    """Answers as a chronology writes them: one key, several, or ``declined``."""
    return {
        number: Answered(declined=True)
        if value == DECLINED
        else Answered((value,) if isinstance(value, str) else tuple(value))
        for number, value in told.items()
    }
