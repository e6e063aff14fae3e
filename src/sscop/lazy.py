"""Patterns and tuples that are compiled when first used: a run imports some hundred of each and needs a few of them."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any

__all__ = ["NamedTuple", "lazily", "vocabulary"]


class _Lazy:
    """Stands for a pattern; what is asked of it is kept, so that only the first use comes here."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._given = (source, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._given), name)
        setattr(self, name, value)
        return value


_CONSTRUCTOR = "def new(_cls, {parameters}):\n    return _new(_cls, ({fields}))"


class _Fields(type):
    """Makes the annotations of a class, in order, the names of its items; what they are set to, their defaults."""

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Any:
        made: Any = super().__new__(cls, name, bases, {"__slots__": (), **space})
        if fields := tuple(made.__annotations__):
            made._fields = fields
            setattr(made, "__match_args__", fields)  # noqa: B010
            made._field_defaults = {field: space[field] for field in fields if field in space}
            for at, field in enumerate(fields):
                setattr(made, field, property(itemgetter(at)))
        return made


class _Tuple(tuple[Any, ...], metaclass=_Fields):
    """What `typing.NamedTuple` gives. To define one of those takes a quarter of a millisecond: it checks every
    annotation and compiles a constructor, here compiled when the first value is made.
    """

    def __new__(cls: Any, *values: Any, **named: Any) -> Any:
        fields, defaults = cls._fields, cls._field_defaults
        parameters = (f"{field}=_defaults[{field!r}]" if field in defaults else field for field in fields)
        scope = {"_new": tuple.__new__, "_defaults": defaults}
        code = _CONSTRUCTOR.format(parameters=", ".join(parameters), fields="".join(f"{one}, " for one in fields))
        exec(code, scope)  # noqa: S102 - names of fields alone, as collections.namedtuple does
        cls.__new__ = scope["new"]
        return cls.__new__(cls, *values, **named)

    @classmethod
    def _make(cls, values: Any) -> Any:
        return cls(*values)

    def _replace(self, **named: Any) -> Any:
        return type(self)(**{**self._asdict(), **named})

    def _asdict(self: Any) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"


if TYPE_CHECKING:
    from typing import NamedTuple

    lazily = re.compile
else:
    NamedTuple, lazily = _Tuple, _Lazy


def vocabulary(words: str) -> frozenset[str]:
    """The words of a text, as a set to look up in."""
    return frozenset(words.split())
