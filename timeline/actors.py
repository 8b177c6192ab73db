"""Who does a thing: a person with a membership, or a named system process. Never nobody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """``role`` and ``positions`` are those of the membership the person acts under; a system has neither."""

    name: str
    user_id: int | None = None
    membership_id: int | None = None
    role: str | None = None
    team_id: int | None = None
    positions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("an actor has a name")

    @property
    def is_person(self) -> bool:
        return self.user_id is not None


def system(name: str) -> Actor:
    """A named process of ours, such as "Clock" or "Public form"."""
    return Actor(name=name)
