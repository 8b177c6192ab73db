"""What is wrong with the words of a letter, line by line, told to whoever writes them."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from letters.composing.engine import OWN_WORDS
from letters.composing.wording import HEADING, PLACEHOLDER, passages, placeholders
from letters.kinds import letter_kinds
from letters.must_say import lacking
from letters.slots import Slot
from letters.values import known_in, letter_values, open_to

LONGEST_SUBJECT, LONGEST_BODY = 200, 20_000
"""Characters. The longest that ships has 5,000."""
MOST_REMARKS = 20
"""Of each sort. Whoever has more mends these first."""
LONG_SENTENCE = 20
"""Words of a sentence in easy read from which on it is hard to follow."""
TABLES = frozenset({"promised", "diary", "signatures", "own_signature", "actions_ours", "actions_theirs"})
HINTS = (
    "complain about you",
    "complained",
    "complainant",
    "caller",
    "downstairs",
    "next door",
    "neighbour",
    "reported",
    "upstairs",
    "victim",
    "witness",
)
"""Words that could tell somebody who is complained about who it was."""
NAMES_OF_THINGS = ("good neighbour agreement", "good neighbour charter")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_OTHER_SIGNS = re.compile(r"\{\{.{0,60}?\}\}|\{%.{0,60}?%\}|</?[a-zA-Z][^<>]{0,60}>")
_CONDITION = re.compile(r"(?:/?if|else|elif|endif|unless|end)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.?!:])\s+")


@dataclass(frozen=True)
class Remark:
    """``line`` counts the lines of the words from 1; 0 is the heading of the letter, None the letter as a whole.

    What ``stops`` has to be put right before these words can be published; anything else is advice.
    """

    text: str
    line: int | None = None
    stops: bool = True

    @property
    def where(self) -> str:
        if self.line is None:
            return ""
        return _("Line %(number)d") % {"number": self.line} if self.line else _("Heading")

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


def proofread(slot: Slot, subject: str, body: str) -> list[Remark]:
    """What stops it first, each in the order of its lines. Longer words than can be kept are not looked at."""
    if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
        return [Remark(_("The heading can have 200 characters and the words 20,000."))]
    lines = list(enumerate([subject, *_lines(body)]))
    whole = [Remark(text) for text in lacking(slot, set(placeholders(f"{subject}\n{body}")), body)]
    return [
        *_most(_of_brackets(slot, lines)),
        *_own_words(body),
        *whole,
        *_most(_of_other_signs(lines)),
        *_most(_of_tables(body)),
        *_most(_of_hints(slot, lines)),
        *_most(_of_sentences(slot, lines)),
        *_most(_of_bare_headings(slot, body)),
    ]


def _lines(body: str) -> list[str]:
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _most(remarks: Iterator[Remark]) -> list[Remark]:
    return list(islice(remarks, MOST_REMARKS))


def _of_brackets(slot: Slot, lines: list[tuple[int, str]]) -> Iterator[Remark]:
    known = {*known_in(slot.kind, slot.audience), OWN_WORDS}
    for number, line in lines:
        for found in _BRACKETS.finditer(line):
            if not (PLACEHOLDER.fullmatch(found[0]) and found[1] in known):
                yield Remark(_wrong_name(slot, found[1], known), number)
            elif number == 0 and found[1] == OWN_WORDS:
                yield Remark(_("[own_words] cannot stand in the heading."), number)
        if set("[]") & set(_BRACKETS.sub("", line)):
            told = _(
                "A square bracket stands alone here. Values are written as [name]: opened, named, closed."
            )
            yield Remark(told, number)


def _wrong_name(slot: Slot, typed: str, known: set[str]) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", typed.lower()).strip("_")
    about = {"typed": f"[{typed[:40]}]", "name": f"[{name}]"}
    if name in known:
        return _("%(typed)s would not be filled in. Write %(name)s, in small letters.") % about
    if _CONDITION.match(typed.strip()):
        return (
            _(
                "%(typed)s means nothing here: there are no conditions. A paragraph whose value may be left out "
                "is left out by itself where there is none."
            )
            % about
        )
    return _of_others(slot, name, about) or _nothing_like(name, about, known)


def _of_others(slot: Slot, name: str, about: dict[str, str]) -> str:
    """For a value that there is, but for other readers or in other letters."""
    if name in letter_values:
        readers = [str(one.label) for one in letter_values[name].audiences]
        return _(
            "%(typed)s may be read only by: %(readers)s. It is never put together for a letter to this reader, so that "
            "no letter can tell one person about another."
        ) % {**about, "readers": get_text_list(sorted(readers), _("and")).lower()}
    asked = [str(kind.label) for key in letter_kinds for kind in [letter_kinds[key]] if name in kind.asks]
    if asked:
        letters = get_text_list(list(dict.fromkeys(asked)), _("and"))
        return _("%(typed)s is asked for only in other letters: %(letters)s.") % {**about, "letters": letters}
    return ""


def _nothing_like(name: str, about: dict[str, str], known: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    if near:
        return _("There is no value %(typed)s. Did you mean [%(near)s]?") % {**about, "near": near[0]}
    return _("There is no value %(typed)s. Choose one from the list, or leave the brackets out.") % about


def _own_words(body: str) -> Iterator[Remark]:
    """Where they do not stand by themselves they would come after the signature, or in the middle of a sentence."""
    alone = [one for one in passages(body) if one.alone == OWN_WORDS and one.kind == "paragraph"]
    uses = sum(one.placeholders.count(OWN_WORDS) for one in passages(body))
    if (len(alone), uses) != (1, 1):
        yield Remark(
            _(
                "[own_words] has to stand once, as a paragraph of its own: it is where an officer can add something."
            )
        )


def _of_other_signs(lines: list[tuple[int, str]]) -> Iterator[Remark]:
    for number, line in lines:
        for found in _OTHER_SIGNS.finditer(line):
            told = _("“%(typed)s” means nothing here. It would stand in the letter as it is.")
            yield Remark(told % {"typed": found[0]}, number, stops=False)


def _of_tables(body: str) -> Iterator[Remark]:
    for number, line in enumerate(_lines(body), start=1):
        for name in PLACEHOLDER.findall(line):
            if name in TABLES and line.strip() != f"[{name}]":
                told = _("[%(name)s] is a table. It is drawn as one only in a paragraph of its own.")
                yield Remark(told % {"name": name}, number, stops=False)


def _of_hints(slot: Slot, lines: list[tuple[int, str]]) -> Iterator[Remark]:
    if slot.audience != "respondent":
        return
    for number, line in lines:
        said = PLACEHOLDER.sub(" ", line).lower()
        for name in NAMES_OF_THINGS:
            said = said.replace(name, "")
        for hint in HINTS:
            if hint in said:
                told = _("“%(hint)s” could tell the reader who complained. Say it without.")
                yield Remark(told % {"hint": hint}, number, stops=False)


def _of_sentences(slot: Slot, lines: list[tuple[int, str]]) -> Iterator[Remark]:
    if not slot.easy_read:
        return
    for number, line in lines:
        for sentence in _SENTENCE_END.split(line):
            count = len(sentence.split())
            if count > LONG_SENTENCE:
                told = _("A sentence of %(count)d words is hard to follow in easy read. Make two of it.")
                yield Remark(told % {"count": count}, number, stops=False)


def _of_bare_headings(slot: Slot, body: str) -> Iterator[Remark]:
    """Headings that would stand over nothing where everything below them is left out."""
    optional = {name for name, one in open_to(slot.audience).items() if one.optional} | {OWN_WORDS}
    optional |= {name for name, one in letter_kinds[slot.kind].asks.items() if not one.required}
    kept = [one for one in passages(body) if optional.isdisjoint(one.placeholders)]
    for one, after in zip(kept, [*kept[1:], None], strict=True):
        if one.kind == "heading" and (after is None or after.kind == "heading"):
            words = "".join(part.words or f"[{part.placeholder}]" for part in one.lines[0])
            told = _("The heading “%(heading)s” may stand over nothing: all below it can be left out.")
            yield Remark(told % {"heading": words[:60]}, _line_of(body, f"{HEADING}{words}"), stops=False)


def _line_of(body: str, text: str) -> int | None:
    numbers = (number for number, line in enumerate(_lines(body), start=1) if line.strip() == text)
    return next(numbers, None)
