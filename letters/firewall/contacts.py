"""Finding telephone numbers, e-mail addresses and vehicle plates, however they are written."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from letters.firewall.finds import Find
from letters.firewall.folding import plain
from letters.firewall.numbers import ONES
from letters.firewall.spread import code_pattern
from letters.firewall.tokens import Letter, Token
from letters.firewall.vocabulary import is_word

_SPOKEN = {
    **{word: str(figure) for figure, word in enumerate(ONES[:10])},
    **dict.fromkeys(("oh", "o", "nought", "naught", "nil"), "0"),
}
_REPEATED = {"double": 2, "triple": 3, "treble": 3}
_FIGURES = str.maketrans("oilsb", "01158")
_WITHIN_NUMBER = re.compile(r"[\s().\-/+,:·_*]{0,4}")
_LEAST, _LEAST_ENDING = 6, 3
_LEAST_LOCAL, _LEAST_EMAIL = 5, 4
_ENDING = re.compile(
    r"(?:\bend(?:s|ing|ed)?|\blast\s+\w+(?:\s+(?:digits?|numbers?|figures?|letters?))?)(?:\s+(?:in|with|are|is|of|on))?\W*$"
)
_DOT = r"\s{0,3}(?:\.|[(\[{<]?\s{0,3}\b(?:dot|full\s?stop|point)\b\s{0,3}[)\]}>]?)\s{0,3}"
_AT = r"\s{0,3}(?:@|[(\[{<]\s{0,3}(?:at|@)\s{0,3}[)\]}>]|\bat\b)\s{0,3}"
_JOINS = {
    "_": r"\s{0,3}(?:_|\bunderscore\b)?\s{0,3}",
    "-": r"\s{0,3}(?:-|\b(?:dash|hyphen|minus)\b)?\s{0,3}",
    "+": r"\s{0,3}(?:\+|\bplus\b)?\s{0,3}",
    ".": _DOT,
    "@": _AT,
}


@dataclass(frozen=True)
class Digits:
    """Figures that stand together, with the word each came from; ``starts`` are where words begin."""

    text: str
    spans: list[tuple[int, int]]
    starts: frozenset[int]


def find_phones(letter: Letter, phones: Collection[str], own: Collection[str]) -> Iterator[Find]:
    """``own`` are the reader's; a number that is theirs too is no leak."""
    wanted = {national(phone) for phone in phones} - {national(phone) for phone in own} - {""}
    if wanted:
        for run in _runs(letter.tokens):
            for number in sorted(wanted):
                yield from _in_run(letter, run, number)


def national(phone: str) -> str:
    """Without what is dialled before it: +44, 0044, (0), 0. Too few figures are no number."""
    digits = "".join(filter(str.isdigit, plain(phone)))
    digits = re.sub(r"^(?:00)?44(?=\d{9,11}$)", "", digits).lstrip("0")
    return digits if len(digits) >= _LEAST else ""


def find_emails(letter: Letter, emails: Collection[str], own: Collection[str]) -> Iterator[Find]:
    theirs = {plain(email) for email in own}
    for email in dict.fromkeys(plain(email) for email in emails):
        if len(_code(email)) >= _LEAST_EMAIL and email not in theirs:
            for pattern in _email_patterns(email):
                for match in pattern.finditer(letter.text):
                    yield Find(match.start(), match.end(), "email", "email")


def find_plates(letter: Letter, plates: Collection[str], own: Collection[str]) -> Iterator[Find]:
    theirs = {_code(plate) for plate in own}
    for code in dict.fromkeys(_code(plate) for plate in plates):
        if len(code) < _LEAST_ENDING or code in theirs:
            continue
        for match in code_pattern(code).finditer(letter.text):
            yield Find(match.start(), match.end(), "plate", "plate")
        for match in code_pattern(code[-3:]).finditer(letter.text):
            if _ENDING.search(letter.text[max(0, match.start() - 40) : match.start()]):
                yield Find(match.start(), match.end(), "plate", "plate_end")


def _code(plate: str) -> str:
    return "".join(one for one in plain(plate) if one.isalnum())


@lru_cache(maxsize=1_000)
def _email_patterns(email: str) -> tuple[re.Pattern[str], ...]:
    """The whole address, and what stands before its @ if that is unlike any ordinary word."""
    local = email.partition("@")[0]
    host = "".join(_JOINS.get(one, re.escape(one)) for one in email[len(local) :])
    found = [re.compile(rf"(?<![^\W_]){_spoken(local)}{host}(?![^\W_])")]
    letters = re.sub(r"[^a-z]+", " ", local).split()
    if len(local) >= _LEAST_LOCAL and (
        not all(map(is_word, letters)) or len(letters) > 1 or not local.isalpha()
    ):
        found.append(re.compile(rf"(?<![^\W_]){_spoken(local)}(?![^\W_])"))
    return tuple(found)


def _spoken(local: str) -> str:
    """What stands before the @, with its dots and dashes said, written or left out."""
    return "".join(f"(?:{_JOINS[one]})?" if one in _JOINS else re.escape(one) for one in local)


def _runs(tokens: list[Token]) -> Iterator[Digits]:
    """Figures and figures in words, as long as only signs stand between them."""
    text, spans, starts, times = "", list[tuple[int, int]](), set[int](), 1
    for token in tokens:
        figures = _figures(token.text)
        if text and not (_WITHIN_NUMBER.fullmatch(token.gap) and (figures or token.text in _REPEATED)):
            yield Digits(text, spans, frozenset(starts))
            text, spans, starts, times = "", [], set(), 1
        if token.text in _REPEATED:
            times = _REPEATED[token.text]
        elif figures:
            starts.add(len(text))
            text += figures * times
            spans += [(token.start, token.end)] * len(figures) * times
            times = 1
    if text:
        yield Digits(text, spans, frozenset(starts))


def _figures(text: str) -> str:
    """The figures that a word is, or nothing."""
    if text.isdigit():
        return "".join(filter(str.isdecimal, text))
    if text in _SPOKEN:
        return _SPOKEN[text]
    changed = text.translate(_FIGURES)
    return changed if changed.isdecimal() and any(one.isdigit() or one == "o" for one in text) else ""


def _in_run(letter: Letter, run: Digits, number: str) -> Iterator[Find]:
    place = run.text.find(number)
    if place >= 0:
        yield _at(
            run, max(0, place - 1 if run.text[:place].endswith("0") else place), place + len(number), "phone"
        )
        return
    for length in range(len(number) - 1, _LEAST - 1, -1):
        place = run.text.find(number[-length:])
        if place in run.starts:
            yield _at(run, place, place + length, "phone_part")
            return
    first = run.spans[0][0]
    if _ENDING.search(letter.text[max(0, first - 40) : first]):
        for end in sorted(run.starts | {len(run.text)}):
            if end >= _LEAST_ENDING and number.endswith(run.text[:end]):
                yield _at(run, 0, end, "phone_end")
                return


def _at(run: Digits, start: int, end: int, why: str) -> Find:
    return Find(run.spans[start][0], run.spans[end - 1][1], "phone", why)
