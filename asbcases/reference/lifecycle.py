"""``docs/reference/lifecycle.md``: the states of a case, the moves between them, and who may make them."""

from asbcases.reference.markdown import code, page, section, table
from cases.lifecycle import MOVES, OPEN_STATES, CaseState, Move
from landlords.permissions import MAY, Role

INTRODUCTION = (
    "A case is always in one of these states. Every move is made by a person, never by itself, and is refused by the"
    " database as well as by the code where it is not listed here."
)


def build() -> str:
    return page(
        "The lifecycle of a case",
        INTRODUCTION,
        _diagram(),
        section("States", _states()),
        section("Moves", _moves()),
    )


def _diagram() -> str:
    begin = f"    [*] --> {CaseState.NEW.value}"
    edges = [
        f"    {source.value} --> {move.target.value}: {_words(move)}"
        for move in MOVES
        for source in move.sources
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", begin, *edges, "```"])


def _states() -> str:
    rows = [(code(state.value), str(state.label), _open(state)) for state in CaseState]
    return table(["state", "staff see", "counts as"], rows)


def _open(state: CaseState) -> str:
    return "open" if state in OPEN_STATES else "ended"


def _moves() -> str:
    rows = [
        (
            _words(move),
            ", ".join(code(source.value) for source in move.sources),
            code(move.target.value),
            move.meaning,
            ", ".join(_roles(move)),
        )
        for move in MOVES
    ]
    return table(["move", "from", "to", "means", "who may"], rows)


def _words(move: Move) -> str:
    return move.name.replace("_", " ")


def _roles(move: Move) -> list[str]:
    """The roles that hold any of the permissions the move follows from."""
    return [str(Role(role).label) for role, may in MAY.items() if may & set(move.permissions)]
