"""One assessment as it was made, question by question, with the instrument of its day."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from riskmatrix.engine import Answered, points
from riskmatrix.instrument import Question, instrument_of
from riskmatrix.models import Assessment


@dataclass(frozen=True)
class AnsweredRow:
    """``points`` is empty where the question was not asked."""

    number: int
    question: str
    answer: str
    points: str
    text: str
    consent: str


def answered_rows(assessment: Assessment) -> list[AnsweredRow]:
    instrument = instrument_of(assessment.instrument, assessment.instrument_version)
    return [_row(question, assessment) for question in instrument.questions]


def _row(question: Question, assessment: Assessment) -> AnsweredRow:
    kept = assessment.answers.get(str(question.number))
    given = Answered.from_json(kept) if kept else Answered()
    scored = points(question, given, "highest" if assessment.mode == "highest" else "sum")
    return AnsweredRow(
        question.number,
        question.text,
        _answer(question, given),
        str(scored) if given.asked else "",
        given.text,
        _consent(question, given),
    )


def _answer(question: Question, given: Answered) -> str:
    if given.declined:
        return _("Declined or not known")
    chosen = [option.label for option in question.options if option.key in given.chosen]
    return ", ".join(chosen) or _("Not asked")


def _consent(question: Question, given: Answered) -> str:
    if question.consent is None or given.consent is None:
        return ""
    return f"{question.consent} {_('Yes') if given.consent else _('No')}"
