"""Questions that come again and again, each time with other values: worked out to SQL once, then only asked."""

from collections.abc import Callable, Hashable, Sequence
from copy import copy
from functools import lru_cache, partial, wraps
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet

from timeline.scope import active_landlord

Row = TypeVar("Row")
Value = int | str

FAR_OFF = -(10**15)
"""Whole numbers from here down stand for values while a question is worked out. No row holds one."""


def prepared(build: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """The rows of the query that ``build`` makes of the values it is given.

    For the few questions that every page of a kind begins with: to put one together takes longer than to answer it,
    so that is done once for each landlord (docs/adr/0019). Values are whole numbers, texts and tuples of either, and
    the query compares each as it is. Named arguments are part of the question; with another one it is another question.

    Raises LookupError outside any scope, ValueError where a value is not in the query as it was given.
    """

    @lru_cache(maxsize=1_000)
    def question(_landlord_id: int, shape: tuple[Any, ...], named: tuple[Any, ...]) -> "_Question[Row]":
        return _Question(partial(build, **dict(named)), shape)

    @wraps(build)
    def ask(*values: Value | tuple[Value, ...], **named: Hashable) -> list[Row]:
        shape = tuple(_shape(value) for value in values)
        found = question(active_landlord(), shape, tuple(named.items()))
        return found.ask(
            [one for value in values for one in (value if isinstance(value, tuple) else [value])]
        )

    return ask


class _Question(Generic[Row]):
    """One query as SQL, and where among its parameters the values belong."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], shape: tuple[Any, ...]) -> None:
        given, stand_ins = _stand_ins(shape)
        self.rows = build(*given)
        self.compiler = self.rows.query.get_compiler(connection=connection)
        self.sql, parameters = self.compiler.as_sql()
        self.parameters = list(parameters)
        self.converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        self.places = [
            (place, stand_ins[one], type(one))
            for place, one in enumerate(parameters)
            if isinstance(one, Value) and one in stand_ins
        ]
        if {number for _place, number, _kind in self.places} != set(stand_ins.values()):
            raise ValueError("a value is not in the query as it was given")

    def ask(self, values: Sequence[Value]) -> list[Row]:
        parameters = self.parameters.copy()
        for place, number, kind in self.places:
            parameters[place] = kind(values[number])
        rows: Any = self.rows
        return list(rows._iterable_class(self._knowing(tuple(parameters))))

    def _knowing(self, parameters: tuple[Any, ...]) -> QuerySet[Any, Row]:
        """The rows, whose query need not be worked out any more."""
        compiler: Any = copy(self.compiler)
        compiler.as_sql = lambda: (self.sql, parameters)
        compiler.get_converters = lambda _columns: self.converters
        query: Any = SimpleNamespace(get_compiler=lambda *_, **__: compiler)
        return QuerySet(self.rows.model, query=query, using=self.rows.db)


def _shape(value: Value | tuple[Value, ...]) -> Any:
    return tuple(map(type, value)) if isinstance(value, tuple) else type(value)


def _stand_ins(shape: tuple[Any, ...]) -> tuple[list[Any], dict[Value, int]]:
    """Values that no row holds in the place of those to come, and which of those each stands for."""
    numbers: dict[Value, int] = {}

    def stand_in(kind: type[Value]) -> Value:
        number = len(numbers)
        one = FAR_OFF - number if issubclass(kind, int) else f"\x1f{number}"
        numbers[one] = number
        return one

    given = [tuple(map(stand_in, one)) if isinstance(one, tuple) else stand_in(one) for one in shape]
    return given, numbers
