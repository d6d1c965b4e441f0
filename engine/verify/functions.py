"""The verdict on an activation, a loss or a layer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.diy.network import Layer
from engine.judge.hearing import Wrong, mistaken, unstable
from engine.lane import reference_answer
from engine.own.functions import FunctionProbe
from engine.own.layers import LayerProbe
from engine.own.recorder import number_of
from engine.own.unusable import Unusable
from engine.stage import Stage
from engine.variants import Variant, combined, variants_of

from . import candidates, differences, function_probes, targets
from .asked import Asked, Own
from .function_probes import Inputs
from .hearing import agrees, mostly_finite
from .located import Values, line_of
from .proofs import proved
from .record import First, Named, Record, Rounding

Answer = dict[str, Array]
SEEDS = (1, 2)
FRESH = 77
COPIES = 6
PARAMETERS = {"leaky_relu": "negative_slope", "elu": "alpha", "smooth_l1": "beta", "huber": "delta"}
DEFAULTS = {"leaky_relu": 0.01, "elu": 1.0, "smooth_l1": 1.0, "huber": 1.0}
OF_OUTPUT = ("tanh", "sigmoid")  # whose derivative torch makes of the output


class Fit(NamedTuple):
    """A reference with a parameter of its own, and what the code is handed: see FunctionProbe."""

    reference: str
    params: tuple[tuple[str, float], ...] = ()
    given: str = "z"
    settings: tuple[tuple[str, Any], ...] = ()

    @property
    def about(self) -> Any:
        return (self.reference, dict(self.params)) if self.params else self.reference


class FunctionCase:
    """One function or layer, and all that was asked of it so far."""

    def __init__(self, own: Own, asked: Asked):
        self.own, self.asked = own, asked
        self.kind, self.name = own.names()
        self.found = own.prepare(function_probes.samples(self.kind, self.order))
        self._answers: dict[Any, Answer | None] = {}

    @cached_property
    def hints(self) -> list[str]:
        return targets.hinted(self.kind, self.name)

    @cached_property
    def order(self) -> list[str]:
        if self.asked.against:
            return [targets.known(self.kind, self.asked.against)]
        return [*self.hints, *(name for name in targets.OF_KIND[self.kind] if name not in self.hints)]

    def inputs(self, reference: str, seed: int, what: str = "") -> Inputs:
        if self.kind == "activation":
            made = function_probes.overflowing_activation_inputs if what == "overflow" else None
            return made() if made else function_probes.activation_inputs(seed)
        if self.kind == "layer":
            return function_probes.layer_inputs(
                seed, square=what == "square" or getattr(self.found, "is_square", False)
            )
        if what == "overflow":
            return function_probes.overflowing_loss_inputs(reference)
        return function_probes.loss_inputs(reference, seed, probabilities=what == "probabilities")

    def probe(self, fit: Fit, inputs: Inputs) -> Any:
        if self.kind == "layer":
            return LayerProbe(inputs)
        dout = inputs.get("dL_da", np.ones(()))
        given = {name: value for name, value in inputs.items() if name != "dL_da"}
        return FunctionProbe(given, dout, fit.given, dict(fit.settings))

    def answer(self, fit: Fit, seed: int, what: str = "", dtype: str = "float64") -> Answer | None:
        """What the code answers; None where it cannot take such inputs."""
        key = (self._class_of(fit.reference), seed, what, dtype, fit.given, fit.settings)
        if key not in self._answers:
            inputs = function_probes.in_precision(self.inputs(fit.reference, seed, what), dtype)
            try:
                self._answers[key] = self.shaped(self.own.run(self.probe(fit, inputs)), dtype)
            except Unusable:
                if not self._answers and self.asked.against:
                    raise
                self._answers[key] = None
        return self._answers[key]

    def _class_of(self, reference: str) -> str:
        if self.kind != "loss":
            return ""
        return reference if reference in ("cross_entropy", "bce") else "mse"

    @staticmethod
    def shaped(answer: Answer, dtype: str) -> Answer:
        """A loss of one number is a number; what is wider than the run is rounded to it."""
        shaped: Answer = {}
        for role, value in answer.items():
            value = value.reshape(()) if role == "loss" and value.size == 1 else value
            shaped[role] = value.astype(dtype) if dtype == "float32" else value
        return shaped

    def fits(self, reference: str) -> Iterator[Fit]:
        """The code's own parameters first, then torch's handed in."""
        given = ("z", "a") if getattr(self.found, "is_open", False) else ("z",)
        settings = dict(getattr(self.found, "settings", {}))
        name = PARAMETERS.get(reference)
        for what in given:
            if name and settings:
                value = float(next(iter(settings.values())))
                yield Fit(reference, ((name, value),), what)
                yield Fit(reference, (), what, ((next(iter(settings)), DEFAULTS[reference]),))
            yield Fit(reference, (), what)

    def literal_fits(self, reference: str) -> Iterator[Fit]:
        """A parameter that stands as a number in the code."""
        name = PARAMETERS.get(reference)
        if name:
            for value in dict.fromkeys(number for number, _ in self.found.literals if number > 0):
                yield from (
                    Fit(reference, ((name, value),), fit.given) for fit in self.fits(reference) if not fit.params
                )

    def stages(self, fit: Fit, inputs: Inputs, answer: Answer) -> list[Stage]:
        """The answer as stages that torch can be asked for."""
        if self.kind == "activation":
            results = {role: answer[role] for role in ("a", "da_dz") if role in answer}
            stages = [_stage("activation", {"z": inputs["z"]}, results, fit.about)]
            if "dL_dz" in answer:
                given = {"z": inputs["z"], "dL_da": inputs["dL_da"]}
                stages.append(_stage("activation_backward", given, {"dL_dz": answer["dL_dz"]}, fit.about))
            return stages
        if self.kind == "loss":
            return [_stage("loss", inputs, answer, fit.about)]
        forward = {role: inputs[role] for role in ("x", "W", "b")}
        backward = {role: answer[role] for role in ("dL_dW", "dL_db", "dL_dx") if role in answer}
        return [
            _stage("affine", forward, {"z": answer["z"]}, None),
            _stage("affine_backward", inputs, backward, True),
        ]

    def wrongs(self, fit: Fit, seed: int, what: str = "") -> list[Wrong] | None:
        """What of an answer is more than rounding apart; None where there is none."""
        answer = self.answer(fit, seed, what)
        if answer is None:
            return None
        stages = self.stages(fit, self.inputs(fit.reference, seed, what), answer)
        return [wrong for stage in stages for wrong in mistaken(stage)]

    def is_right(self, fit: Fit) -> bool:
        return all(self.wrongs(fit, seed) == [] for seed in SEEDS)

    # --- variants ---------------------------------------------------------------------------------

    def explains(self, fit: Fit, variant: Variant, seeds: Sequence[int] = SEEDS) -> bool:
        wheres = {"probabilities": "probabilities", "square weight": "square"}
        what = next((wheres[need] for need in variant.shows.needs if need in wheres), "")
        for kind in dict.fromkeys((what, "square" if what == "square" else what)):
            for seed in seeds:
                if not self._agrees(fit, variant, seed, kind):
                    return False
        return True

    def _agrees(self, fit: Fit, variant: Variant, seed: int, what: str) -> bool:
        answer = self.answer(fit, seed, what)
        if answer is None or not mostly_finite([list(answer.values())]):
            return False
        inputs = self.inputs(fit.reference, seed, what)
        try:
            function = candidates.made(variant, self.kind, fit.reference)  # type: ignore[arg-type]
            theirs = evaluated(self.kind, function, inputs)
        except candidates.REFUSED:
            return False
        roles = [role for role in answer if role in theirs]
        if any(answer[role].shape != theirs[role].shape for role in roles):
            return False
        size = max(1.0, *(float(np.abs(value).max()) for role, value in inputs.items() if role != "y"))
        terms = [np.maximum(np.abs(theirs[role]), size if self.kind != "loss" else size / 3) for role in roles]
        own, other = [answer[role] for role in roles], [theirs[role] for role in roles]
        return agrees(own, other, terms, "float64", lambda: self._moved(function, inputs, roles))

    def _moved(self, function: Any, inputs: Inputs, roles: Sequence[str]) -> list[Array]:
        random = np.random.default_rng(0)
        eps = np.finfo(np.float64).eps
        many: list[Answer] = []
        for _ in range(COPIES):
            nudged = {
                role: value * (1 + eps * random.choice([-1.0, 1.0], size=value.shape))
                if value.dtype.kind == "f"
                else value
                for role, value in inputs.items()
            }
            many.append(evaluated(self.kind, function, nudged))
        return [np.stack([one[role] for one in many]) for role in roles]


def _stage(kind: str, inputs: Mapping[str, Array], results: Answer, about: Any) -> Stage:
    return Stage(kind, inputs, results, {role: role for role in results}, about)


def evaluated(kind: str, function: Any, inputs: Inputs) -> Answer:
    """A textbook function's answer, changed or not, in the roles of own answers."""
    with np.errstate(all="ignore"):
        if kind == "activation":
            a = function.f(inputs["z"])
            da_dz = function.df(inputs["z"], a)
            return _as_arrays({"a": a, "da_dz": da_dz, "dL_dz": inputs["dL_da"] * da_dz})
        if kind == "loss":
            return _as_arrays(
                {"loss": function.f(inputs["a"], inputs["y"]), "dL_da": function.df(inputs["a"], inputs["y"])}
            )
        from engine.diy.activations import ACTIVATIONS

        layer = Layer(inputs["W"], inputs["b"], ACTIVATIONS["identity"])
        passed = function.forward(layer, inputs["x"])
        gradient = function.backward(layer, passed, inputs["dL_dz"], 1.0)
        found = {"z": passed.z, "dL_dx": gradient.dL_dx, "dL_dW": gradient.dL_dW, "dL_db": gradient.dL_db}
        return _as_arrays({role: value for role, value in found.items() if value is not None})


def _as_arrays(values: Mapping[str, Any]) -> Answer:
    return {role: np.asarray(value) for role, value in values.items()}


def _made_of_output(inputs: Inputs, answer: Answer, reference: str, dtype: str) -> Answer:
    """Torch's derivatives where it is handed own values."""
    found = {"a": answer["a"]}
    for role, behind in (("da_dz", np.ones_like(answer["a"])), ("dL_dz", inputs["dL_da"])):
        stage = Stage("backward_of_output", {"a": answer["a"], "dL_da": behind}, {}, {}, reference)
        found[role] = reference_answer(stage, dtype)["dL_dz"]
    return found


# --- the verdict ----------------------------------------------------------------------------------


def judged(own: Own, asked: Asked, file: str) -> Record:
    """The record of an activation, a loss or a layer. Raises Unusable."""
    case = FunctionCase(own, asked)
    _check_repeats(case)
    for reference in case.order:
        for fit in (*case.fits(reference), *case.literal_fits(reference)):
            if case.is_right(fit):
                return _right(case, fit, file)
        if reference in case.hints[:1] and (named := _first_that(case, reference, singles=True)):
            return _named(case, *named, file)
    target = case.order[0] if case.asked.against or case.hints else _nearest(case)
    others = [] if case.asked.against else [name for name in case.order if name != target]
    for reference, singles in [*((name, True) for name in (target, *others)), (target, False)]:
        if named := _first_that(case, reference, singles=singles):
            return _named(case, *named, file)
    return _different(case, next(case.fits(target)), file)


def _check_repeats(case: FunctionCase) -> None:
    fit = next(case.fits(case.order[0]))
    probes = [name for name in case.order if case.answer(next(case.fits(name)), SEEDS[0]) is not None]
    if not probes:
        case.own.run(case.probe(fit, case.inputs(fit.reference, SEEDS[0])))  # tells what it raises
        return
    fit = next(case.fits(probes[0]))
    first = case.answer(fit, SEEDS[0])
    again = case.own.run(case.probe(fit, case.inputs(fit.reference, SEEDS[0])))
    assert first is not None
    if any(
        not np.array_equal(first[role], np.reshape(again[role], first[role].shape), equal_nan=True) for role in first
    ):
        raise Unusable("it does not repeat itself: of the same input it made something else", case.found.first)


def _first_that(case: FunctionCase, reference: str, *, singles: bool) -> tuple[Fit, Variant] | None:
    """The first variant, or pair of them, that explains everything, on fresh inputs too."""
    known = variants_of(case.kind, reference)  # type: ignore[arg-type]
    tried = known if singles else tuple(filter(None, (combined(*pair) for pair in combinations(known, 2))))
    fits = [fit for fit in case.fits(reference) if not fit.params]
    for variant in tried:
        for fit in fits:
            if case.explains(fit, variant) and case.explains(fit, variant, (FRESH,)):
                return fit, variant
    return None


def _nearest(case: FunctionCase) -> str:
    distances: dict[str, float] = {}
    for reference in case.order:
        for fit in case.fits(reference):
            answer = case.answer(fit, SEEDS[0])
            if answer is None:
                continue
            torch = _torch(case, fit, case.inputs(reference, SEEDS[0]), answer)
            far = [
                np.abs(answer[r] - torch[r]).mean() for r in answer if r in torch and answer[r].shape == torch[r].shape
            ]
            distances[reference] = min(float(sum(far)) if far else np.inf, distances.get(reference, np.inf))
    return min(distances, key=lambda name: distances[name]) if distances else case.order[0]


def _torch(case: FunctionCase, fit: Fit, inputs: Inputs, answer: Answer, dtype: str = "float64") -> Answer:
    found: Answer = {}
    for stage in case.stages(fit, inputs, answer):
        found |= {role: value for role, value in reference_answer(stage, dtype).items() if role in stage.results}
    return found


def _base(case: FunctionCase, fit: Fit, file: str) -> Record:
    against = fit.reference if case.kind != "layer" else "linear"
    params = dict(fit.params) or {PARAMETERS[fit.reference]: value for _, value in fit.settings}
    return Record(
        file, case.kind, case.found.name, case.found.form, against, params, 1, case.asked.dtype,
        notes=tuple(_notes(case, fit)),
    )  # fmt: skip


def _notes(case: FunctionCase, fit: Fit) -> Iterator[str]:
    if case.kind != "layer":
        if not case.found.has_derivative:
            yield "It has no derivative beside it: its values alone were judged."
        if case.found.is_open and fit.given == "a":
            yield "Its derivative is right if given the output, f(z), and not z itself."
    for name, value in fit.params:
        line = next((line for number, line in case.found.literals if number == value), None)
        if line:
            yield f"{name} is {value:g}, as the code has it in line {line}."


def _right(case: FunctionCase, fit: Fit, file: str) -> Record:
    record = _base(case, fit, file)
    shaky = _unstable(case, fit)
    if shaky is not None:
        return replace(record, verdict="unstable", first=shaky)
    apart = _first_apart(case, fit, case.asked.dtype)
    if apart is None:
        return replace(record, verdict="identical")
    proved = _proved(case, fit)
    first = replace(apart, line=proved.line) if proved else apart
    return replace(record, verdict="rounding", first=first, rounding=proved)


def _unstable(case: FunctionCase, fit: Fit) -> First | None:
    """Where it breaks down: on the overflow probes in either precision, or in float32 on ordinary ones."""
    if case.kind == "layer":
        return None
    for what in ("overflow", ""):
        inputs = case.inputs(fit.reference, SEEDS[0], what)
        answer = case.answer(fit, SEEDS[0], what)
        if what and answer is not None:
            wrong = next((one for stage in case.stages(fit, inputs, answer) for one in mistaken(stage)), None)
            if wrong is not None:
                return _of_wrong(case, fit, inputs, answer, wrong)
        small = function_probes.in_precision(inputs, "float32")
        answer = case.answer(fit, SEEDS[0], what, "float32")
        if answer is None:
            continue
        for stage in case.stages(fit, small, answer):
            for wrong in unstable(stage, stage):
                return _of_wrong(case, fit, small, answer, wrong, "float32")
    return None


def _of_wrong(
    case: FunctionCase, fit: Fit, inputs: Inputs, answer: Answer, wrong: Wrong, dtype: str = "float64"
) -> First:
    torch = _torch(case, fit, inputs, answer, dtype)
    own, reference = answer[wrong.name][wrong.index], torch[wrong.name][wrong.index]
    return First(1, _stage_of(wrong.name), wrong.name, wrong.index, float(own), float(reference), None)


def _stage_of(role: str) -> str:
    return {"a": "activation", "z": "affine", "loss": "loss"}.get(role, "backward")


def _first_apart(case: FunctionCase, fit: Fit, dtype: str, close: float = 0.0) -> First | None:
    """The first element that differs: in its bits, or by more than ``close``."""
    for seed in SEEDS:
        inputs = function_probes.in_precision(case.inputs(fit.reference, seed), dtype)
        answer = case.answer(fit, seed, "", dtype)
        if answer is None:
            continue
        torch = _torch(case, fit, inputs, answer, dtype)
        for role, value in answer.items():
            if role not in torch or value.shape != torch[role].shape:
                continue
            with np.errstate(all="ignore"):
                apart = ~((value == torch[role]) | (np.abs(value - torch[role]) <= close * np.abs(torch[role])))
            apart &= ~(np.isnan(value) & np.isnan(torch[role]))
            if apart.any():
                index = tuple(int(i) for i in np.argwhere(apart)[0])
                return First(1, _stage_of(role), role, index, float(value[index]), float(torch[role][index]))
    return None


def _named(case: FunctionCase, fit: Fit, variant: Variant, file: str) -> Record:
    line = _line(case, fit, variant)
    words = f"{variant.does}; torch {variant.torch_does}"
    named = Named(variant.ids[0], line, words, variant.ids, variant.does, variant.torch_does, variant.edit)
    first = _first_apart(case, fit, "float64", 1e-9)
    first = None if first is None else replace(first, line=line)
    accepted = variant.kind == "convention" and all(one in case.asked.accept for one in variant.ids)
    return replace(_base(case, fit, file), verdict=variant.kind, named=named, first=first, accepted=accepted)


def _line(case: FunctionCase, fit: Fit, variant: Variant | None) -> int | None:
    what = "probabilities" if variant and "probabilities" in variant.shows.needs else ""
    inputs = case.inputs(fit.reference, SEEDS[0], what)
    try:
        _, made = case.own.recorded(case.probe(fit, inputs))
    except Unusable:
        return None
    ways = [_way(case, fit, one, inputs) for one in (variant, None)]
    outputs = _departing(case, fit, variant, inputs)
    return line_of(made, ways[0] if variant else {}, ways[1], 1, outputs)


def _departing(case: FunctionCase, fit: Fit, variant: Variant | None, inputs: Inputs) -> dict[int, Values]:
    """The results in which a variant departs."""
    try:
        both = [
            evaluated(case.kind, candidates.made(one, case.kind, fit.reference), inputs)  # type: ignore[arg-type]
            for one in (variant, None)
        ]
    except (*candidates.REFUSED, KeyError):
        return {}
    theirs, plain = both
    results = [value for role, value in theirs.items() if not np.array_equal(value, plain.get(role), equal_nan=True)]
    return {1: Values.of(_turned(results) if case.kind == "layer" else results, simple=False)}


def _turned(values: list[Array]) -> list[Array]:
    """With what a layer of another orientation has."""
    turned = [*values, *(value.T for value in values if value.ndim == 2)]
    return [*turned, *(value[None, :] for value in values if value.ndim == 1)]


def _way(case: FunctionCase, fit: Fit, variant: Variant | None, inputs: Inputs) -> dict[int, Values]:
    seen: list[Array] = [np.asarray(value) for value in inputs.values()]

    def note(value: Any) -> None:
        number = number_of(value)
        if number is not None:
            seen.append(number)

    classes = inputs["y"] if "y" in inputs else None
    if classes is not None and classes.dtype.kind == "i":
        seen.append(np.eye(inputs["a"].shape[-1])[classes])
    try:
        function = candidates.made(variant, case.kind, fit.reference, note=note)  # type: ignore[arg-type]
        theirs = evaluated(case.kind, function, inputs)
    except (*candidates.REFUSED, KeyError):
        theirs = {}
    seen += theirs.values()
    return {1: Values.of(_turned(seen) if case.kind == "layer" else seen, signed=False)}


def _different(case: FunctionCase, fit: Fit, file: str) -> Record:
    record = _base(case, fit, file)
    line = _line(case, fit, None)
    first = _first_apart(case, fit, "float64", 1e-9)
    first = None if first is None else replace(first, line=line)
    notes = (*record.notes, *_what_can_be_said(case, fit))
    return replace(record, verdict="different", first=first, notes=notes)


def _what_can_be_said(case: FunctionCase, fit: Fit) -> Iterator[str]:
    answer = case.answer(fit, SEEDS[0])
    if answer is None:
        return
    inputs = case.inputs(fit.reference, SEEDS[0])
    torch = _torch(case, fit, inputs, answer)
    rows, columns = function_probes.ROWS, function_probes.COLUMNS
    known = {"1": 1.0, "2": 2.0, "1/2": 0.5, "the number of rows": rows, "1/rows": 1 / rows}
    known |= {"the number of outputs": columns, "1/outputs": 1 / columns, "rows × outputs": rows * columns}
    known |= {"1/(rows × outputs)": 1 / (rows * columns)}
    for role, value in answer.items():
        if role not in torch:
            continue
        if value.shape != torch[role].shape:
            yield from _of_shape(role, value, torch[role])
        elif differences.not_finite([value], [torch[role]]):
            yield f"{role} is NaN or infinite where torch's is not."
        elif factor := differences.constant_factor([value], [torch[role]]):
            yield f"{role} is torch's times {differences.named_factor(factor, known)}."


def _of_shape(role: str, value: Array, torch: Array) -> Iterator[str]:
    yield f"{role} has shape {value.shape}; torch's has {torch.shape}."
    if value.T.shape == torch.shape and np.allclose(value.T, torch):
        yield f"{role} is torch's, transposed."
    elif value.ndim == torch.ndim + 1 and np.allclose(value.sum(axis=0), torch):
        yield f"{role} is not summed over the rows: its sum is torch's."
    elif role == "loss" and value.ndim and np.allclose(value.mean(), torch):
        yield "The loss is not averaged: its mean is torch's."


def _proved(case: FunctionCase, fit: Fit) -> Rounding | None:
    """The one operation that, rounded otherwise, gives torch's bits on all probes."""
    dtype = case.asked.dtype
    asked = [function_probes.in_precision(case.inputs(fit.reference, seed), dtype) for seed in (*SEEDS, FRESH)]

    def is_torch(answers: Sequence[Answer]) -> bool:
        return all(_same(case, fit, inputs, answer, dtype) for inputs, answer in zip(asked, answers, strict=False))

    return proved(case.own, [case.probe(fit, inputs) for inputs in asked], is_torch, dtype)


def _same(case: FunctionCase, fit: Fit, inputs: Inputs, answer: Answer, dtype: str) -> bool:
    answer = case.shaped(answer, dtype)
    torch = _torch(case, fit, inputs, answer, dtype)
    if fit.reference in OF_OUTPUT:  # another library's tanh has other last digits: the derivative is made of them
        torch |= _made_of_output(inputs, answer, fit.reference, dtype)
    return all(
        role in torch and value.shape == torch[role].shape and np.array_equal(value, torch[role])
        for role, value in answer.items()
    )


__all__ = ["judged"]
