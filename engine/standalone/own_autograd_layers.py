"""A person's layer that is a ``torch.autograd.Function`` in a NumPy script."""

from collections.abc import Iterator, Mapping, Sequence

from engine.own.kind_forms import WEIGHTS
from engine.own.live_kinds import LiveKind
from engine.own.live_layers import LiveLayer
from engine.spec import ShapedLayer

from .literals import value_text
from .own_autograd import Applied, Given
from .own_form import NoForm
from .own_functions import Code
from .own_kind_seen import Text
from .own_kinds import FILLED
from .own_layers import BIASES

ROLES = ("x", "weight", "bias")


class AutogradLayer:
    """Write a layer's calls, as an OwnLayerCall does. ``given``: the roles, or settings, that it is applied to.

    ``x``: what turns its input, ``weight`` its weight, to how the code has them; ``bias`` is a bias's shape.
    """

    made = None

    def __init__(
        self, code: Code, function: str, layer: ShapedLayer, label: str, given: Sequence[str],
        turns: Mapping[str, str], bias: str = "flat",
    ):  # fmt: skip
        self._applied, self._layer, self._label, self._code = Applied(code, function, label), layer, label, code
        self._given, self._turns, self._bias = given, turns, bias

    def forward(self, z: str, x: str) -> Iterator[str]:
        """Yield the lines that make ``z``."""
        back = ".T" if self._turns["x"] else ""
        given = [Given(self._variable(one), self._text(one, x)) for one in self._given]
        yield from self._applied.forward(z, given, back)
        if self._code.is_careful:
            yield f"{z} = {z}.astype({x}.dtype)"

    def _variable(self, role: str) -> str:
        return f"{role}{self._label}" if role in ROLES else ""

    def _text(self, role: str, x: str) -> str:
        if role not in ROLES:
            return role
        if role == "x":
            return f"{x}{self._turns['x']}"
        width = f"{x}.shape[-1]" if "weight" not in self._layer.weights else f"{self._layer.weights['weight'][0]}"
        nothing = f"{FILLED[role]}({width}, {x}.dtype)"
        text = f'params["{self._layer.name}.{role}"]' if role in self._layer.weights else nothing
        return BIASES[self._bias].format(text) if role == "bias" else f"{text}{self._turns['weight']}"

    def backward(self, below: str | None, grads: str, dL_dz: str, x: str) -> Iterator[str]:
        """Yield the lines that make the gradients; ``below`` is what that of the input is called, None: none."""
        roles = [one for one in self._given if one in ROLES]
        names = [f"d{self._variable(role)}" for role in roles]
        missing = set(self._layer.weights) - set(roles)
        if missing:
            raise NoForm
        whole = not self._code.is_careful  # each has one, as right code does
        found = self._applied.gradients(f"{dL_dz}{self._turns['x']}", len(roles), is_whole=whole)
        yield f"{', '.join(names)} = {found}"
        backs = {"x": ".T" if self._turns["x"] else "", "weight": ".T" if self._turns["weight"] else ""}
        backs["bias"] = "" if self._bias == "flat" else ".reshape(-1)"
        taken = {role: f"{name}.numpy(){backs[role]}" for role, name in zip(roles, names, strict=True)}
        cast = f".astype({x}.dtype)" if self._code.is_careful else ""
        if below is not None:
            yield f"{below} = {taken['x']}{cast}"
        made = [f'"{self._layer.name}.{role}": {taken[role]}{cast}' for role in self._layer.weights]
        yield f"{grads} = {{{', '.join(made)}}}"


def dense_function(live: LiveLayer, code: Code, layer: ShapedLayer, label: str) -> AutogradLayer:
    """Return the calls of a dense layer."""
    o = live.own.orientation
    turns = {"x": ".T.copy()" if o.columns else "", "weight": ".T.copy()" if o.turned else ""}
    return AutogradLayer(code, live.own.subject.name, layer, label, ("x", "weight", "bias"), turns, o.bias)


def kind_function(live: LiveKind, code: Code, layer: ShapedLayer, label: str) -> AutogradLayer:
    """Return the calls of a norm."""
    calls, function = live.own.calls, live.own.subject.forward
    weights = WEIGHTS["embedding" if layer.kind == "Embedding" else "norm"]
    values = {role: Text(role) for role in ("x", *weights)}
    given = [
        one if isinstance(one, Text) else value_text(one)
        for one in calls.ordered(function.forward, values, live.begun().settings)
    ]
    return AutogradLayer(code, live.own.subject.name, layer, label, given, {"x": "", "weight": ""})
