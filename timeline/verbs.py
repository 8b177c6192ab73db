"""The verbs the timeline knows. Each app registers its own; an unknown verb cannot be recorded."""

from dataclasses import dataclass
from typing import Literal

from timeline.registry import Registry

Mark = Literal["reporter", "staff", "attempt", "miss", "safety"]
Group = Literal["contact", "incident", "case"]


@dataclass(frozen=True)
class Verb:
    """``label`` is what the timeline shows; ``mark`` its sign; ``group`` the filter it belongs to.

    ``label`` may hold ``{name}`` of payload keys.
    """

    key: str
    label: str
    mark: Mark = "staff"
    group: Group = "case"


verbs: Registry[Verb] = Registry("timeline verb")


def register(*declared: Verb) -> None:
    for verb in declared:
        verbs.register(verb.key, verb)
