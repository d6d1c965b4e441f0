"""What a person asks of a verification."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from engine.own.session import Choice
from engine.variants import Variant


class Asked(NamedTuple):
    """Hold the command's options: ``params`` by torch's or the code's own names, ``accept`` ids of those meant.

    ``pairs`` are of a script, own values and torch's; ``records``: each of its lines is kept, to be stepped through.
    """

    against: str | None = None
    params: Mapping[str, Any] = {}
    steps: int = 50
    dtype: str = "float64"
    accept: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    records: bool = False

    def accepts(self, variant: Variant) -> bool:
        """Return whether a convention is meant, by its id or one that nothing tells apart from it; of a pair both."""
        parts = variant.parts or (variant,)
        known = all({part.id, *part.same_as} & set(self.accept) for part in parts)
        return variant.kind == "convention" and known


class Own(Protocol):
    """Answer questions about a user's code, wherever it runs."""

    def names(self) -> tuple[str, str]: ...

    def choices(self) -> list[Choice]: ...

    def prepare(self, samples: Sequence[Any] = ()) -> Any: ...

    def run(self, probe: Any) -> Any: ...

    def recorded(self, probe: Any) -> Any: ...

    def roundings(self) -> list[tuple[int, str]]: ...

    def rounded(self, number: int, probes: Sequence[Any]) -> list[Any]: ...
