"""The flags of a case, in the same order and words wherever it is shown."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case
from cases.taxonomy import hate_strand_words

Flag = dict[str, str]


def short_flags(case: Case, safe_contact: Iterable[str] = (), *, take_care: bool = False) -> list[Flag]:
    """For a line of a list: one word each."""
    flags: list[Flag] = [{"kind": "hate"}] if case.hate else []
    flags += [{"kind": "restricted"}] if case.restricted else []
    flags += [{"kind": "take_care"}] if take_care else []
    return flags + [{"kind": "contact_safely", "text": words} for words in dict.fromkeys(safe_contact)]


def full_flags(
    case: Case, named_staff: int, safe_contact: Iterable[tuple[str, str]], both_sides: Iterable[str] = ()
) -> list[Flag]:
    """For the head of the case page; ``safe_contact`` pairs a name with the one safe way.

    ``both_sides``: who stands on the other side of another case, or that a restricted one may match.
    """
    flags: list[Flag] = []
    if case.hate:
        flags.append({"kind": "hate", "text": _hate(case.hate_strands)})
    if case.restricted:
        staff = ngettext("%(number)d named person", "%(number)d named staff", named_staff)
        text = _("Restricted: %(staff)s") % {"staff": staff % {"number": named_staff}}
        flags.append({"kind": "restricted", "text": text})
    for name, words in safe_contact:
        flags.append({"kind": "contact_safely", "text": f"{name}: {words.lower()}"})
    flags += [{"kind": "both_sides", "text": words} for words in both_sides]
    return flags


def _hate(strands: list[str]) -> str:
    """Hate is as the complainant sees it, never alleged."""
    if not strands:
        return _("Hate, as the complainant sees it")
    words = ", ".join(str(hate_strand_words[strand]).lower() for strand in strands)
    return _("Hate (%(strands)s), as the complainant sees it") % {"strands": words}
