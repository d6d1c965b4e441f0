"""The parameters that torch's function and a person's are both given, and what the code is handed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from engine.own.function_forms import DescribedFunction, taken_by
from engine.spec import PARAMETERS, function_fields

Params = tuple[tuple[str, Any], ...]


class Fit(NamedTuple):
    """Hold a reference with its parameters, and what the code is handed: see FunctionProbe."""

    reference: str
    params: tuple[tuple[str, Any], ...] = ()
    given: str = "z"
    settings: tuple[tuple[str, Any], ...] = ()

    @property
    def about(self) -> Any:
        return (self.reference, dict(self.params)) if self.params else self.reference


def function_fits(found: DescribedFunction, reference: str, params: Mapping[str, Any]) -> Iterator[Fit]:
    """Yield the code's own parameters first, then torch's handed in; ``params``, where torch's were asked for."""
    name, default = PARAMETERS.get(reference, ("", 0.0))
    settings = found.settings
    numbers = [one for one, value in settings.items() if isinstance(value, int | float)]
    asked, own = _asked(settings, reference, params), _own(settings, reference)
    for what in ("z", "a") if found.is_open else ("z",):
        if asked is not None:
            yield asked._replace(given=what)
            continue
        if name and numbers:
            yield Fit(reference, ((name, float(settings[numbers[0]])),), what)
            yield Fit(reference, (), what, ((numbers[0], default),))
        if own and not name:
            yield Fit(reference, own, what)
        yield Fit(reference, (), what)


def literal_fits(found: DescribedFunction, reference: str, fits: Iterable[Fit]) -> Iterator[Fit]:
    """Yield fits with a parameter that stands as a number in the code."""
    name, _ = PARAMETERS.get(reference, ("", 0.0))
    plain = [fit for fit in fits if not fit.params] if name else []
    for value in dict.fromkeys(number for number, _ in found.literals if number > 0):
        yield from (Fit(reference, ((name, value),), fit.given) for fit in plain)


def _asked(settings: Mapping[str, Any], reference: str, params: Mapping[str, Any]) -> Fit | None:
    """Return what both sides take where torch's own parameters were asked for; None where they were not."""
    fields = _fields(reference)
    asked = {name: _fixed(value) for name, value in params.items() if name in fields}
    if not asked:
        return None
    taken = taken_by(settings, PARAMETERS.get(reference, ("",))[0], fields)
    handed = tuple((own, asked[name]) for own, name in taken.items() if name in asked)
    return Fit(reference, tuple({**dict(_own(settings, reference)), **asked}.items()), settings=handed)


def _own(settings: Mapping[str, Any], reference: str) -> Params:
    """Return torch's parameters that the code has other defaults for than torch."""
    fields = _fields(reference)
    taken = taken_by(settings, PARAMETERS.get(reference, ("",))[0], fields)
    own = {name: _fixed(settings[mine]) for mine, name in taken.items()}
    return tuple((name, value) for name, value in own.items() if value != fields[name])


def _fields(reference: str) -> dict[str, Any]:
    """Return the parameters of torch's function, with their defaults."""
    return {str(field.path[0]): field.default for field in function_fields(reference)}


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
