"""The names of a step's values: those under which ``Lane.recorded_step`` gives them, on both backends.

The textbook hands arrays on by reference, so identity tells most names: layer 2's ``x`` is ``layer1.a``.
A weight or a state entry as it was before the step is named ``layer1.weight.before``.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from engine.lane.names import BEFORE
from engine.spec import ShapedLayer

GRADIENTS = {"grad", "g", "dL_dW", "dL_dw", "dL_db"}
HANDED_BACK = {"dL_dx": "dL_da"}  # a layer's dL_dx is the dL_da of the layer below
RATES = {  # the textbook's variable: the hyperparameter's name
    **{"beta1": "betas[0]", "beta2": "betas[1]"},
    **{"eta_minus": "etas[0]", "eta_plus": "etas[1]", "Delta_min": "step_sizes[0]", "Delta_max": "step_sizes[1]"},
}


class Names:
    """Name values of a step. ``named`` are the step's values themselves by name, ``hyper`` the hyperparameters.

    ``prefix`` says of a weight what the names of its hyperparameters begin with. ``handed`` are other values of the
    same names, where the step went on with others than it had made.
    """

    def __init__(
        self,
        named: Mapping[str, Any],
        hyper: Mapping[str, Any],
        prefix: Callable[[str], str],
        handed: Mapping[str, Any] = MappingProxyType({}),
    ):
        self._named, self._hyper, self._prefix = named, hyper, prefix
        self._by_id: dict[int, list[str]] = {}
        for name, value in (*named.items(), *handed.items()):
            if not _is_plain(value) and name not in self._by_id.get(id(value), ()):
                self._by_id.setdefault(id(value), []).append(name)

    def name(
        self, value: Any, variable: str = "", weight: str | None = None, layer: ShapedLayer | None = None
    ) -> str | None:
        """Return the value's name, if it has one. ``variable`` and the call's layer decide where two are one object.

        ``weight`` is that of the call, without which a plain number (t, lr) has no name.
        """
        if _is_plain(value):
            return self._plain_name(value, variable, weight)
        names = self._by_id.get(id(value), [])
        if layer is not None and len(names) > 1:
            names = _of_layer(names, variable, layer)
        symbol = HANDED_BACK.get(variable, variable)
        fitting = [name for name in names if symbol == _symbol(name) or (variable in GRADIENTS and ".grad" in name)]
        if fitting:
            return fitting[-1]
        made = [name for name in names if not name.endswith(BEFORE)]
        return next(iter(made or names), None)  # what it was first: momentum's first buffer is the gradient itself

    def _plain_name(self, value: Any, variable: str, weight: str | None) -> str | None:
        if weight is None or isinstance(value, bool) or value is None:
            return None
        rate = self._prefix(weight) + RATES.get(variable, variable)
        if rate in self._hyper:
            return rate if self._hyper[rate] == value else None  # a scheduled one is computed again
        for name in (f"{weight}.{variable}", f"{weight}.{variable}{BEFORE}"):
            if name in self._named and _is_plain(self._named[name]) and self._named[name] == value:
                return name
        return None


def _of_layer(names: Sequence[str], variable: str, layer: ShapedLayer) -> Sequence[str]:
    """Return which of the names a variable has in a layer's call: its own, or those of that layer, if there are any."""
    roles = ("", "forward.", "backward.")
    own = {layer.dL_dx} if variable == "dL_dx" else {f"{layer.name}.{role}{variable}" for role in roles}
    return [name for name in names if name in own] or [n for n in names if n.startswith(f"{layer.name}.")] or names


def _symbol(name: str) -> str:
    return name.removesuffix(BEFORE).rpartition(".")[2]


def _is_plain(value: Any) -> bool:
    """Python's own numbers: many a thing shares one object, so identity tells nothing."""
    return value is None or type(value) in (bool, int, float)
