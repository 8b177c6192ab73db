"""What a letter's questions can be answered with from the file. The officer sees it and may change it."""

from collections.abc import Callable, Mapping

from cases.gates.schema import Question
from cases.services.closing import closing_rules
from letters.kinds import Audience, letter_kinds
from letters.values import Writing
from timeline.models import Event
from timeline.registry import Registry

Suggestions = Mapping[str, str]
letter_suggestions: Registry[Callable[[Writing], Suggestions]] = Registry("suggestions for a kind of letter")
"""By kind of letter. Asked only for a reader who was told these things, or is about to be."""
done_for_reader: Registry[Callable[[Writing], list[str]]] = Registry("what was done that a reader knows of")
"""What we have done that was agreed with this very complainant; suggested where closing did not ask what was done."""


def register() -> None:
    letter_suggestions.register("closure", of_closing)


def suggested(kind: str, writing: Writing) -> dict[str, str]:
    """By the names of the questions of this kind; without what nothing is known of."""
    if kind not in letter_suggestions:
        return {}
    found = letter_suggestions[kind](writing)
    return {name: text for name, text in found.items() if name in letter_kinds[kind].asks and text.strip()}


def of_closing(writing: Writing) -> Suggestions:
    """Why the case was closed last, as it was to be explained, and what was done where the policy asks that."""
    if writing.audience != Audience.COMPLAINANT:
        return {}
    closed = Event.objects.filter(case_id=writing.case.pk, verb="case_closed").select_related("words")
    event = closed.order_by("-sequence").first()
    if event is None or not hasattr(event, "words"):
        return {}
    rules = closing_rules(writing.case, writing.policy)
    questions = rules.questions_of(rules.ground(str(event.payload.get("key", ""))))
    reason, answers = _taken_apart(event.words.text, questions)
    done = [words for told in done_for_reader.values() for words in told(writing)]
    return {"reason": reason, "action_taken": answers.get("action_taken") or "\n".join(done)}


def _taken_apart(text: str, questions: list[Question]) -> tuple[str, dict[str, str]]:
    """Closing is kept as the reason and then, each on a new line, every question with its answer."""
    answers: dict[str, list[str]] = {}
    reason: list[str] = []
    present = reason
    for line in text.splitlines():
        asked = next((one for one in questions if line.startswith(f"{one.text} ")), None)
        if asked is not None:
            present = answers.setdefault(asked.key, [])
            line = line.removeprefix(f"{asked.text} ")
        present.append(line)
    return "\n".join(reason).strip(), {key: "\n".join(lines).strip() for key, lines in answers.items()}
