"""What a person asks of a verification."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol


class Asked(NamedTuple):
    """The command's options; ``params`` by torch's names or the code's own, ``accept`` ids of conventions meant."""

    against: str | None = None
    params: Mapping[str, Any] = {}
    steps: int = 50
    dtype: str = "float64"
    accept: tuple[str, ...] = ()


class Own(Protocol):
    """A person's code, wherever it runs."""

    def names(self) -> tuple[str, str]: ...

    def prepare(self, samples: Sequence[Any] = ()) -> Any: ...

    def run(self, probe: Any) -> Any: ...

    def recorded(self, probe: Any) -> Any: ...

    def roundings(self) -> list[tuple[int, str]]: ...

    def rounded(self, number: int, probes: Sequence[Any]) -> list[Any]: ...
