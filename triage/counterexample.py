"""A combination of facts told as a report that a person could have made."""

from collections.abc import Mapping

from triage.combinations import Class
from triage.exhaustive import Behaviours
from triage.wording import BEHAVIOUR_WORDS, REPORTER_WORDS, RESPONDENT_WORDS, fact_sentences, plain, sentence


def told(behaviours: Behaviours, facts: Mapping[str, Class]) -> str:
    """Such as: A tenant reports noise by someone in a private home. It is directed at staff."""
    reporter = _word(facts, "reporter", REPORTER_WORDS) or REPORTER_WORDS["unknown"]
    respondent = _word(facts, "respondent", RESPONDENT_WORDS)
    first = f"{reporter} reports {_behaviours(behaviours)}{f' by {respondent}' if respondent else ''}"
    rest = {fact: tuple(values) for fact, values in facts.items() if fact not in ("reporter", "respondent")}
    return " ".join([sentence(first), *fact_sentences(rest)])


def _behaviours(behaviours: Behaviours) -> str:
    return (
        " and ".join(BEHAVIOUR_WORDS.get(key, plain(key)) for key in sorted(behaviours))
        or "something without naming it"
    )


def _word(facts: Mapping[str, Class], fact: str, words: Mapping[str, str]) -> str | None:
    return next((words[str(value)] for value in facts.get(fact, ())), None)
