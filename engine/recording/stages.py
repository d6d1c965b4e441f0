"""How the textbook's functions make up a step: the layer and weight of a call, the stage of a line.

Functions are known by their names and arguments, not by their files: a variant of one that is swapped
in plays the same part.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from engine.layer_names import layer_of, owner_of

from .recorder import Recording

STEPS = ("train_step", "problem_step", "grouped_step", "grouped_problem_step", "closure_step", "closure_problem_step")
ROLES = {name: name for name in ("forward", "layer_forward", "backward", "layer_backward")}
ROLES |= {"forward_rows": "forward_rows", "backward_rows": "backward_rows"}  # which call the kind's own
ROLES |= dict.fromkeys(STEPS, "step")
ROLES |= {"clip_by_norm": "clip", "clip_by_value": "clip"}


class StageSpan(NamedTuple):
    """Locate a stage of the step, from line ``first`` to ``last`` of the recording, both within it."""

    name: str
    first: int
    last: int


class StepStages:
    """Find the stages of a step. ``weights`` names all, in order: ``layer1.weight``, ``layer1.bias`` …, or
    ``point.weight``; ``names`` the layers in the order in which they run, those inside a residual before it.
    """

    def __init__(self, recording: Recording, weights: Sequence[str], names: Sequence[str]):
        self._recording = recording
        self._owner = owner_of(weights[0])  # point, which is of no layer, or the first layer that is trained
        self._names = tuple(names)
        self._inside: dict[str, list[str]] = {}  # of each layer, and under "" those that are inside of none
        for name in names:
            self._inside.setdefault(name.rpartition(".")[0], []).append(name)
        self.lines_of_call: list[list[int]] = [[] for _ in recording.calls]
        for event, line in enumerate(recording.lines):
            self.lines_of_call[line.call].append(event)
        self.layers: list[str | None] = []  # of each call
        self.weights: list[str | None] = []
        self._roles: dict[tuple[str, str], int] = {}  # what a call does and for which layer: the call
        self._place_calls(weights)
        self.spans = self._spans()
        self._firsts = [stage.first for stage in self.spans]

    def stage_at(self, event: int) -> int:
        """Return the index of a line's stage."""
        return max(0, bisect_right(self._firsts, event) - 1)

    def _place_calls(self, weights: Sequence[str]) -> None:
        unused = iter(weights)
        for number, call in enumerate(self._recording.calls):
            parent = None if call.caller is None else self._recording.lines[call.caller].call
            layer, weight = (None, None) if parent is None else (self.layers[parent], self.weights[parent])
            role = _role(call.code.co_name, call.arguments)
            if call.code.co_filename in self._recording.own and role != "optimizer":
                role = None  # a person's forward is none of the step's
            if role in ("layer_forward", "layer_backward"):
                layer = call.arguments["layer"].name
            elif role == "optimizer" and weight is None:
                weight = next(unused, None)
                layer = _layer_of(weight)
            if role is not None:
                self._roles.setdefault((role, layer or ""), number)  # an optimizer may try other weights afterwards
            self.layers.append(layer)
            self.weights.append(weight)

    def call_of(self, role: str, layer: str = "") -> int | None:
        """Return the first call in a role (for a layer): ``layer_forward``, ``backward``, ``update`` …"""
        return self._roles.get((role, layer))

    def made_in(self, call: int | None, name: str, before: int | None = None) -> int | None:
        """Return the last line of a call (before line ``before``) that made a variable."""
        for event in reversed(self.lines_of_call[call] if call is not None else []):
            if (before is None or event < before) and name in self._recording.lines[event].made:
                return event
        return None

    def made_inside(self, role: str, layer: str, variables: Collection[str]) -> Iterator[tuple[str, Any]]:
        """Yield variables that a layer's kind made in its ``forward`` or ``backward``, as ``layer2.forward.mu``."""
        for call in (self.call_of(f"{role}_rows", layer), self.call_of(role, layer)):
            for event in self.lines_of_call[call] if call is not None else []:
                made = self._recording.lines[event].made
                yield from ((f"{layer}.{role}.{name}", made[name]) for name in variables if name in made)

    def masks(self) -> dict[str, Any]:
        """Return the masks that layers were given, by name: ``layer3.mask``."""
        call = self.call_of("forward")
        known = {} if call is None else self._recording.calls[call].arguments.get("params", {})
        return {name: value for name, value in known.items() if name.endswith(".mask")}

    def derivatives(self) -> Iterator[tuple[str, Any]]:
        """Yield the factors of the chain rule that were recorded in each layer's backward pass, by name."""
        for layer in self._names:
            call = self.call_of("layer_backward", layer)
            if call is None:
                continue
            variables = dict(self._recording.calls[call].arguments)
            for event in self.lines_of_call[call]:
                variables |= self._recording.lines[event].made
            symbols = ("dL_da", "da_dz", "dL_dz")
            yield from ((f"{layer}.{symbol}", variables[symbol]) for symbol in symbols if symbol in variables)

    def _spans(self) -> list[StageSpan]:
        starts = sorted((first, place, name) for place, (name, first) in enumerate(self._starts()) if first is not None)
        ends = [first - 1 for first, _, _ in starts[1:]] + [len(self._recording.lines) - 1]
        return [StageSpan(name, first, last) for (first, _, name), last in zip(starts, ends, strict=True)]

    def _starts(self) -> Iterator[tuple[str, int | None]]:
        return self._starts_of_layers() if self._names else self._starts_of_point()

    def _starts_of_point(self) -> Iterator[tuple[str, int | None]]:
        update = self._caller(self.call_of("update"))
        step = None if update is None else self._recording.lines[update].call
        yield from self._start_of_schedule()
        yield "loss", self._begin
        yield f"{self._owner}.backward", self.made_in(step, "dL_dw")
        yield "clip", self._caller(self.call_of("clip"))
        yield f"{self._owner}.update", update

    @property
    def _begin(self) -> int:
        """Where the step itself begins: before it, its learning rate may be computed."""
        call = self.call_of("step")
        return 0 if call is None or not self.lines_of_call[call] else self.lines_of_call[call][0]

    def _start_of_schedule(self) -> Iterator[tuple[str, int | None]]:
        if self._begin > 0:
            yield "schedule", 0

    def _starts_of_layers(self) -> Iterator[tuple[str, int | None]]:
        yield from self._start_of_schedule()
        for layer in self._names:
            yield f"{layer}.forward", self._start_of_forward(layer)
            yield f"{layer}.activation", self.made_in(self.call_of("layer_forward", layer), "a")
        yield "loss", self._after(self.call_of("forward"))
        for layer in reversed(self._names):
            yield f"{layer}.backward", self._start_of_backward(layer)
            if layer in self._inside:  # and again where what came through its inside is added to what came past it
                yield f"{layer}.backward", self.made_in(self.call_of("backward", layer), "through_skip")
        yield "clip", self._caller(self.call_of("clip"))
        for layer in self._names:
            is_first = layer == self._owner
            call = self.call_of("update") if is_first else self.call_of("optimizer", layer)
            yield f"{layer}.update", self._caller(call) if is_first else self._start(call, "name")

    def _start_of_forward(self, layer: str) -> int | None:
        """Find the line that comes to a layer; of a residual the one that adds, once those inside it are through."""
        if layer in self._inside:
            return self.made_in(self.call_of("forward", layer), "z")
        first = layer
        while (around := first.rpartition(".")[0]) and self._inside[around][0] == first:
            first = around
        is_first = first == self._inside[""][0]
        return self._begin if is_first else self._start(self.call_of("layer_forward", first), "layer")

    def _start_of_backward(self, layer: str) -> int | None:
        """Find the line that made the layer's dL_da: as the loss's derivative, or as dL_dx in the layer above.

        The last layer inside a residual has what that has.
        """
        around = layer.rpartition(".")[0]
        beside = self._inside[around]
        if layer == beside[-1]:
            return self._start(self.call_of("layer_backward", layer) if around else self.call_of("backward"), "dL_da")
        above = beside[beside.index(layer) + 1]
        by_rows = self.call_of("backward_rows", above)
        made = self.made_in(self.call_of("backward", above) if by_rows is None else by_rows, "dL_dx")
        return self._start(self.call_of("layer_backward", layer), "layer") if made is None else made

    def _caller(self, call: int | None) -> int | None:
        return None if call is None else self._recording.calls[call].caller

    def _start(self, call: int | None, variable: str) -> int | None:
        """Return the line that made the call's ``variable``, or else the one that calls it."""
        caller = self._caller(call)
        if caller is None:
            return None
        made = self.made_in(self._recording.lines[caller].call, variable, before=caller)
        return caller if made is None else made

    def _after(self, call: int | None) -> int | None:
        """Return the line that its caller runs after a call."""
        caller = self._caller(call)
        if caller is None:
            return None
        lines = self.lines_of_call[self._recording.lines[caller].call]
        return next((event for event in lines if event > caller), None)


def _role(name: str, arguments: dict[str, Any]) -> str | None:
    """Return what a function does in a step, if it is one of those that a step is made of."""
    if name in ("update", "minimize"):
        return "optimizer" if "grad" in arguments else "update"
    return ROLES.get(name)


def _layer_of(weight: str | None) -> str | None:
    return owner_of(weight) if weight is not None and layer_of(weight) else None
