"""Facts written as text, such as ``reporter=tenant``, read into :class:`Facts` or into all their errors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from policies.management.answering import ASKED
from policies.parsing import PolicyError
from policies.working_time import BadTime, parse_local
from triage.facts import CHOICES, FACT_NAMES, LISTS, YES_NO_FACTS, Facts

YES_NO_WORDS = {"true": True, "false": False, "unknown": None}


@dataclass
class Asked:
    """What was asked, read piece by piece; ``errors`` says everything that could not be read."""

    errors: list[PolicyError] = field(default_factory=list)
    _facts: dict[str, Any] = field(default_factory=dict)

    def read(self, received: str, behaviours: Iterable[str], facts: Iterable[str]) -> Facts | None:
        """None where there are errors. A time without an offset is Europe/London."""
        received_at = self._received(received)
        for text in facts:
            self._fact(text)
        named = tuple(self._values("--behaviour", "behaviours", behaviours))
        self._facts["behaviours"] = tuple(dict.fromkeys((*named, *self._facts.get("behaviours", ()))))
        if received_at is None or self.errors:
            return None
        return Facts(received_at=received_at, **self._facts)

    def refuse(self, path: str, value: Any, expected: str, message: str) -> None:
        self.errors.append(PolicyError(ASKED, path, value, expected, message))

    def _received(self, text: str) -> datetime | None:
        try:
            return parse_local(text)
        except BadTime as error:
            self.refuse("--received", text, error.expected, f"this {error.why}")
            return None

    def _fact(self, text: str) -> None:
        name, equals, value = text.partition("=")
        if not equals:
            self.refuse("--fact", text, "key=value", "this is not a key with its value")
        elif name not in FACT_NAMES:
            self.refuse("--fact", name, f"one of {', '.join(FACT_NAMES)}", "this is not a fact")
        elif name in self._facts:
            self.refuse(f"--fact {name}", value, "each fact once", "this fact is given twice")
        else:
            self._facts[name] = self._value(name, value)

    def _value(self, name: str, text: str) -> Any:
        path = f"--fact {name}"
        if name in YES_NO_FACTS:
            if text not in YES_NO_WORDS:
                self.refuse(path, text, "true, false or unknown", "this fact is true, false or unknown")
            return YES_NO_WORDS.get(text)
        if name in LISTS:
            return () if text == "unknown" else tuple(self._values(path, name, text.split(",")))
        return None if text == "unknown" else next(self._values(path, name, [text]), None)

    def _values(self, path: str, name: str, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            if text.strip() in CHOICES[name]:
                yield text.strip()
            else:
                self.refuse(path, text, f"one of {', '.join(CHOICES[name])}", "this value is not known")
