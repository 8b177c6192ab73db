"""What the kinds of behaviour and of people are called. Triage, which owns the taxonomy, fills these in."""

from collections.abc import Iterable

from django.utils.functional import Promise

from timeline.registry import Registry

behaviour_words: Registry[str | Promise] = Registry("behaviour")
complainant_kinds: Registry[str | Promise] = Registry("kind of complainant")
respondent_kinds: Registry[str | Promise] = Registry("kind of respondent")
hate_strand_words: Registry[str | Promise] = Registry("strand of hate")


def behaviour_choices() -> list[tuple[str, str]]:
    """Every behaviour with its words, for a form or a filter."""
    return [(key, str(behaviour_words[key])) for key in behaviour_words]


def behaviours_named(keys: Iterable[str]) -> str:
    """What was reported, in the words staff use for it; empty where it was not said."""
    return ", ".join(str(behaviour_words[key]) for key in keys)
