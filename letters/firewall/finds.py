"""What was found, before it is laid on the lines of the letter."""

from dataclasses import dataclass

KINDS = (
    "full_name",
    "name_part",
    "nickname",
    "misspelling",
    "disguise",
    "address",
    "home_number",
    "postcode",
    "phone",
    "email",
    "plate",
    "quote",
)
"""The twelve kinds of leak, the plainest first: where two meet in one place, the first is told."""
NAMES = frozenset(KINDS[:5])


@dataclass(frozen=True)
class Find:
    """A stretch of the folded text. ``why`` is what in particular it is, for the words the officer reads."""

    start: int
    end: int
    kind: str
    why: str


def together(finds: list[Find], text: str) -> list[Find]:
    """Finds that overlap, and parts of a name that stand side by side, as one."""
    joined: list[Find] = []
    for find in sorted(finds, key=lambda one: (one.start, -one.end)):
        if joined and _meet(joined[-1], find, text):
            joined[-1] = _both(joined[-1], find)
        else:
            joined.append(find)
    return joined


def _meet(one: Find, other: Find, text: str) -> bool:
    if other.start < one.end:
        return True
    between = text[one.end : other.start]
    return {one.kind, other.kind} <= NAMES and len(between) <= 5 and _joins(between)


def _joins(between: str) -> bool:
    """Only signs, or an initial: not another word."""
    return (
        "\n" not in between and sum(one.isalnum() for one in between) <= 1 and not set(between) & set(";:?!")
    )


def _both(one: Find, other: Find) -> Find:
    """The whole stretch. A first name and a surname together are the full name."""
    start, end = min(one.start, other.start), max(one.end, other.end)
    hidden = next((find for find in (one, other) if find.kind == "disguise"), None)
    if hidden:
        return Find(start, end, "disguise", hidden.why)
    if {one.why, other.why} == {"first_name", "surname"} and other.start >= one.end:
        return Find(start, end, "full_name", "full_name")
    first = min(one, other, key=lambda find: KINDS.index(find.kind))
    return Find(start, end, first.kind, first.why)
