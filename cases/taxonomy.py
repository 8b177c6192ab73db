"""What the kinds of behaviour and of people are called. Triage, which owns the taxonomy, fills these in."""

from django.utils.functional import Promise

from timeline.registry import Registry

behaviour_words: Registry[str | Promise] = Registry("behaviour")
complainant_kinds: Registry[str | Promise] = Registry("kind of complainant")
respondent_kinds: Registry[str | Promise] = Registry("kind of respondent")


def behaviour_choices() -> list[tuple[str, str]]:
    """Every behaviour with its words, for a form or a filter."""
    return [(key, str(behaviour_words[key])) for key in behaviour_words]
