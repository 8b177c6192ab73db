"""Whether a word that is also a name (May, Will, Grace, Park) is used as one: by its capital and by its neighbours.

In doubt it is a name. Only what is plainly a date, a place, a defined term or an ordinary word is let through.
"""

from collections.abc import Collection, Sequence

from letters.firewall.tokens import Token
from letters.firewall.vocabulary import DAYS, MONTHS, is_listed_name, ordinary, terms

TITLES = terms("titles")
_DATES = MONTHS | DAYS
_SURELY = terms("surely_people_do")
_PEOPLE_DO = _SURELY | terms("people_do")
_TOLD = {word: terms(f"told_{word}") for word in ("by", "from", "to", "with", "at")}
_ARTICLES = terms("articles")
_BEFORE_A_WORD = _ARTICLES | {"that", "and", "one"}
_THEIR = frozenset({"her", "his", "their", "another"})


def used_as_name(tokens: Sequence[Token], at: int, parts: Collection[str]) -> bool:
    """``parts`` are the other parts of the same person's name: beside one of them there is no doubt."""
    token = tokens[at]
    if used_beyond_doubt(tokens, at, parts):
        return True
    if token.text in terms("never_names") or _dated(tokens, at) or _of_a_place(tokens, at):
        return False
    if not token.capital:
        return _small(tokens, at, parts)
    if _after(tokens, at) in terms("family"):
        return True
    if token.shouted or _in_capitals(tokens, at):
        return _told_by(tokens, at) or _surely_acts(tokens, at)
    if token.possessive:
        return _before(tokens, at) not in _ARTICLES
    return _opening(tokens, at) if token.first else _capital(tokens, at)


def used_beyond_doubt(tokens: Sequence[Token], at: int, parts: Collection[str]) -> bool:
    return tokens[at].altered or title_before(tokens, at) is not None or beside(tokens, at, parts)


def initialled(tokens: Sequence[Token], at: int, first: str, surnames: Collection[str]) -> bool:
    """J. Church, J Church, Church, J., Jacqueline C. ``first`` and ``surnames`` are first letters."""
    if not tokens[at].capital:
        return False
    before, after = tokens[at - 1] if at else None, _next(tokens, at)
    leads = before is not None and _initial(before, first) and tokens[at].gap in (".", ". ", " ")
    follows = after is not None and after.gap == ", " and _initial(after, first)
    short = (
        after is not None
        and after.gap == " "
        and any(_initial(after, one) for one in set(surnames) - {"i", "a"})
    )
    return leads or follows or short


def _initial(token: Token, letter: str) -> bool:
    return len(token.text) == 1 and token.capital and token.text == letter


def named_after(tokens: Sequence[Token], at: int) -> bool:
    """Lincoln House, Victoria Park, St Mark's: a place that bears somebody's name."""
    token, after = tokens[at], _next(tokens, at)
    if _before(tokens, at) in ("st", "saint") and tokens[at - 1].capital and token.capital:
        return True
    bears = after is not None and after.text in terms("places") and after.capital and after.gap == " "
    return bears and token.capital and not token.possessive and not token.shouted


def title_before(tokens: Sequence[Token], at: int) -> int | None:
    """Where the title stands: Mrs May, Mr bin Said. Nowhere else than in the same line."""
    place = at
    while place and "\n" not in tokens[place].gap and tokens[place].gap.strip() in ("", ".", "-"):
        place -= 1
        if tokens[place].text in TITLES:
            return place
        if tokens[place].text not in terms("particles"):
            break
    return None


def beside(tokens: Sequence[Token], at: int, parts: Collection[str]) -> bool:
    """Next to another part of the name; two small ordinary words side by side are only words."""
    return any(
        tokens[place].text in parts
        and tokens[place].text != tokens[at].text
        and _adjoin(tokens, at, place)
        and _both_meant(tokens[at], tokens[place])
        for place in (at - 1, at + 1)
        if 0 <= place < len(tokens)
    )


def _adjoin(tokens: Sequence[Token], one: int, other: int) -> bool:
    return tokens[max(one, other)].gap.strip(" ,.-/_*") == ""


def _both_meant(one: Token, other: Token) -> bool:
    ordinary_both = one.text in ordinary() and other.text in ordinary()
    return not ordinary_both or (one.capital and other.capital)


def _dated(tokens: Sequence[Token], at: int) -> bool:
    """A month or a day of the week that stands in a date."""
    if tokens[at].text not in _DATES:
        return False
    if _number(tokens, at - 1) or _number(tokens, at + 1) or _other_date(tokens, at):
        return True
    person = _surely_acts(tokens, at) or _told_by(tokens, at)
    return _before(tokens, at) in terms("before_a_date") and not person


def _other_date(tokens: Sequence[Token], at: int) -> bool:
    near = [tokens[place].text for place in (at - 2, at - 1, at + 1, at + 2) if 0 <= place < len(tokens)]
    return tokens[at].text != "may" and any(text in _DATES for text in near)


def _number(tokens: Sequence[Token], place: int) -> bool:
    return 0 <= place < len(tokens) and tokens[place].text[:1].isdigit()


def _of_a_place(tokens: Sequence[Token], at: int) -> bool:
    """Grace Road, Hope Line, Ward 4: a word with a capital that says what kind of thing is called so."""
    token, after = tokens[at], _next(tokens, at)
    if after is None or not token.capital or token.possessive or after.gap.strip() or "\n" in after.gap:
        return False
    kind = after.text in terms("kinds_of_place") and after.capital
    return kind or (after.text.isdigit() and not is_listed_name(token.text))


def _small(tokens: Sequence[Token], at: int, parts: Collection[str]) -> bool:
    """Without a capital: only where nothing but a person could stand."""
    token, before = tokens[at], _before(tokens, at)
    if before in _BEFORE_A_WORD or (
        token.text in ("will", "may", "march") and before in terms("after_a_modal")
    ):
        return False
    if _after(tokens, at) in parts and _after(tokens, at + 1) in _SURELY:
        return True
    return is_listed_name(token.text) and (_told_by(tokens, at) or _after(tokens, at) in _SURELY)


def _opening(tokens: Sequence[Token], at: int) -> bool:
    """At the beginning of a sentence every word has a capital."""
    token, before, after = tokens[at], _before(tokens, at), _after(tokens, at)
    if before in terms("labels") and token.gap.strip() in ("", ":"):
        return True
    set_off = _set_off(tokens, at)
    if not after or set_off:
        return is_listed_name(token.text) and token.text not in MONTHS | {"will"}
    if after in terms("after_a_modal"):
        return False
    return after in _PEOPLE_DO and (after != "and" or _joined_by(tokens, at))


def _capital(tokens: Sequence[Token], at: int) -> bool:
    """In the middle of a sentence: a name, if it is not part of another or a defined term."""
    token, before = tokens[at], tokens[at - 1].text
    if before in _ARTICLES and not _surely_acts(tokens, at):
        return is_listed_name(token.text) and before == "our"
    modal = token.text in ("will", "may") and before in terms("subjects")
    in_town = token.text in terms("towns") and before in terms("where") and not is_listed_name(token.text)
    if modal or in_town:
        return _told_by(tokens, at)
    if _in_a_longer_name(tokens, at):
        return False
    leads_on = _capital_next(tokens, at) and _after(tokens, at) not in _DATES
    return is_listed_name(token.text) or not leads_on


def _in_a_longer_name(tokens: Sequence[Token], at: int) -> bool:
    """Mayfield Park, What Will Happen. A word that only began the sentence counts if another capital follows."""
    token, before = tokens[at], tokens[at - 1]
    if not before.capital or token.gap.strip() or before.text in TITLES | _DATES:
        return False
    return not before.first or token.text in terms("places") or _capital_next(tokens, at)


def _capital_next(tokens: Sequence[Token], at: int) -> bool:
    after = _next(tokens, at)
    return after is not None and after.capital and not after.gap.strip() and "\n" not in after.gap


def _set_off(tokens: Sequence[Token], at: int) -> bool:
    """Followed by a comma, as in “Grace, your neighbour, …”, or in quotation marks or brackets of its own."""
    after = _next(tokens, at)
    return after is not None and after.gap[:1] in (",", ")", '"', "-", "*", "_")


def _joined_by(tokens: Sequence[Token], at: int) -> bool:
    """“… and Dale”, “… and her son”."""
    return _capital_next(tokens, at + 1) or _after(tokens, at + 1) in _THEIR


def _in_capitals(tokens: Sequence[Token], at: int) -> bool:
    """Among words that are all in capitals."""
    near = [tokens[place].raw for place in (at - 1, at + 1) if 0 <= place < len(tokens)]
    return tokens[at].raw.isupper() and any(raw.isupper() and len(raw) > 1 for raw in near)


def _told_by(tokens: Sequence[Token], at: int) -> bool:
    """“told by”, “complaint from”, “according to”."""
    return _before(tokens, at - 1) in _TOLD.get(_before(tokens, at), ())


def _surely_acts(tokens: Sequence[Token], at: int) -> bool:
    after = _after(tokens, at)
    return after in _SURELY or (after == "and" and _after(tokens, at + 1) in _THEIR)


def _next(tokens: Sequence[Token], at: int) -> Token | None:
    return tokens[at + 1] if at + 1 < len(tokens) else None


def _before(tokens: Sequence[Token], at: int) -> str:
    """The word before, if it is in the same line."""
    return tokens[at - 1].text if 0 < at < len(tokens) and "\n" not in tokens[at].gap else ""


def _after(tokens: Sequence[Token], at: int) -> str:
    """The word after, if it is in the same sentence."""
    after = _next(tokens, at)
    return "" if after is None or after.first else after.text
