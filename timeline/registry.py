"""How an upper app tells a lower one about itself without being imported by it.

Each registry is filled in the upper app's ``AppConfig.ready()`` and only read afterwards.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Registry(Generic[Item]):
    """Named items, each registered once."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._items: dict[str, Item] = {}

    def register(self, key: str, item: Item) -> Item:
        """Raises ValueError where another item already has the key."""
        if self._items.setdefault(key, item) is not item:
            raise ValueError(f"{self.what} {key!r} is registered twice")
        return item

    def __getitem__(self, key: str) -> Item:
        try:
            return self._items[key]
        except KeyError:
            raise KeyError(f"no {self.what} called {key!r} is registered") from None

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def values(self) -> list[Item]:
        return list(self._items.values())
