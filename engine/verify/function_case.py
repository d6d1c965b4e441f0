"""One function or layer of a person's, and what it answered: beside torch, and beside a known departure."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.backends import reference_answer
from engine.judge.comparison import agrees, mostly_finite
from engine.judge.hearing import Wrong, mistaken
from engine.lane.functions import is_of_rows
from engine.lane.stage import Stage
from engine.own import function_probes
from engine.own.function_forms import FunctionProbe
from engine.own.function_probes import Inputs
from engine.own.kind_forms import KindProbe
from engine.own.layers import LayerProbe
from engine.own.unusable import Unusable
from engine.variants import Variant

from . import candidates, kind_case, targets
from .asked import Asked, Own
from .fits import Fit, function_fits, literal_fits

Answer = dict[str, Array]

SEEDS = (1, 2)
COPIES = 6
NEAR = 1e-6  # of numbers near 1: more than rounding comes to in float64
FAR = "far"


class FunctionCase:
    """Ask one function or layer of a user's, and remember its answers."""

    def __init__(self, own: Own, asked: Asked, file: str):
        self.own, self.asked, self._stem = own, asked, Path(file).stem
        self.kind, self.name = own.names()
        self.found: Any = None
        self.found = own.prepare(function_probes.samples(self.kind, self.order))
        self._answers: dict[Any, Answer | None] = {}

    @cached_property
    def hints(self) -> list[str]:
        return targets.hinted(self.kind, self.name, self._stem)

    @property
    def order(self) -> list[str]:
        """Return the references that it may be, the likeliest first; once it was called, those that are called so."""
        if self.asked.against:
            return [targets.known(self.kind, self.asked.against)]
        names = [*self.hints, *(name for name in targets.references(self.kind) if name not in self.hints)]
        if self.kind != "layer" or self.found is None:
            return names
        return [name for name in names if kind_case.is_called_so(name, self.found)]

    @property
    def is_of_kind(self) -> bool:
        """Return whether it is a layer of another kind than the dense one."""
        return self.kind == "layer" and kind_case.called_of(self.found) != kind_case.DENSE

    def inputs(self, reference: str, seed: int, what: str = "") -> Inputs:
        if self.is_of_kind:
            return kind_case.inputs_for(self.found, reference, seed)
        if self.kind == "activation":
            if what == "overflow":
                return function_probes.overflowing_activation_inputs()
            made = function_probes.row_inputs if is_of_rows(reference) else function_probes.activation_inputs
            return made(seed)
        if self.kind == "layer":
            return function_probes.layer_inputs(
                seed, square=what == "square" or getattr(self.found, "is_square", False)
            )
        if what == "overflow":
            return function_probes.overflowing_loss_inputs(reference, self._columns)
        return function_probes.loss_inputs(
            reference, seed, probabilities="probabilities" in what, far="far" in what, columns=self._columns
        )

    @cached_property
    def _columns(self) -> int:
        """Return how many outputs a loss is given: as many as there are weights of theirs, where some are asked for."""
        given = [value for value in self.asked.params.values() if isinstance(value, list | tuple)]
        return len(given[0]) if given else function_probes.COLUMNS

    def probe(self, fit: Fit, inputs: Inputs) -> Any:
        if self.is_of_kind:
            return KindProbe(self.found.called, inputs, dict(fit.settings))
        if self.kind == "layer":
            return LayerProbe(inputs)
        dout = inputs.get("dL_da", np.ones(()))
        given = {name: value for name, value in inputs.items() if name != "dL_da"}
        of_rows = self.kind == "activation" and is_of_rows(fit.reference)
        return FunctionProbe(given, dout, fit.given, dict(fit.settings), of_rows)

    def answer(self, fit: Fit, seed: int, what: str = "", dtype: str = "float64") -> Answer | None:
        """Return what the code answers; None where it cannot take such inputs."""
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
        if self.kind == "activation":
            return "of rows" if is_of_rows(reference) else ""
        if self.kind != "loss":
            return reference if reference == "RMSNorm" else ""  # which has no shift
        return function_probes.targets_like(reference)

    @staticmethod
    def shaped(answer: Answer, dtype: str) -> Answer:
        """Return an answer with a loss of one number as a number, and what is wider than the run rounded to it."""
        shaped: Answer = {}
        for role, value in answer.items():
            value = value.reshape(()) if role == "loss" and value.size == 1 else value
            shaped[role] = value.astype(dtype) if dtype == "float32" else value
        return shaped

    def fits(self, reference: str) -> Iterator[Fit]:
        """Yield the code's own parameters first, then torch's handed in."""
        if self.is_of_kind:
            for params, handed in kind_case.numbers_of(self.found, reference, self.asked.params):
                yield Fit(reference, params, settings=handed)
        elif self.kind == "layer":
            yield Fit(reference)
        else:
            yield from function_fits(self.found, reference, self.asked.params)

    def literal_fits(self, reference: str) -> Iterator[Fit]:
        """Yield fits with a parameter that stands as a number in the code."""
        if self.kind != "layer":
            yield from literal_fits(self.found, reference, self.fits(reference))

    def stages(self, fit: Fit, inputs: Inputs, answer: Answer) -> list[Stage]:
        """Return the answer as stages that torch can be asked for."""
        if self.kind == "activation":
            roles = ("a",) if is_of_rows(fit.reference) else ("a", "da_dz")
            results = {role: answer[role] for role in roles if role in answer}
            stages = [_stage("activation", {"z": inputs["z"]}, results, fit.about)]
            if "dL_dz" in answer:
                given = {"z": inputs["z"], "dL_da": inputs["dL_da"]}
                stages.append(_stage("activation_backward", given, {"dL_dz": answer["dL_dz"]}, fit.about))
            return stages
        if self.kind == "loss":
            return [_stage("loss", inputs, answer, fit.about)]
        if self.is_of_kind:
            masks = kind_case.masks_in(self.found, inputs, answer)
            return [*kind_case.stages_of(fit.reference, fit.params, inputs, answer, masks)]
        forward = {role: inputs[role] for role in ("x", "W", "b")}
        backward = {role: answer[role] for role in ("dL_dW", "dL_db", "dL_dx") if role in answer}
        return [
            _stage("affine", forward, {"z": answer["z"]}, None),
            _stage("affine_backward", inputs, backward, True),
        ]

    def wrongs(self, fit: Fit, seed: int, what: str = "") -> list[Wrong] | None:
        """List what of an answer is more than rounding apart; None where there is no answer."""
        answer = self.answer(fit, seed, what)
        if answer is None:
            return None
        stages = self.stages(fit, self.inputs(fit.reference, seed, what), answer)
        wrongs = [wrong for stage in stages for wrong in mistaken(stage)]
        return [*wrongs, *kind_case.share_is_wrong(self.found, fit.params, answer)] if self.is_of_kind else wrongs

    def is_right(self, fit: Fit) -> bool:
        if self.is_of_kind and self._is_far(fit):
            return False
        return all(self.wrongs(fit, seed) == [] for seed in SEEDS)

    def _is_far(self, fit: Fit) -> bool:
        """Return whether a layer comes to what no rounding makes of the textbook's: torch need not be asked then."""
        answer, inputs = self.answer(fit, SEEDS[0]), self.inputs(fit.reference, SEEDS[0])
        if answer is None:
            return True
        inputs, answer = self.with_masks(fit, inputs, answer)
        theirs = self.evaluated(fit, candidates.made(None, "layer", fit.reference), inputs)
        return any(
            answer[role].shape != value.shape or not np.allclose(answer[role], value, rtol=NEAR, atol=NEAR)
            for role, value in theirs.items()
            if role in answer
        )

    # --- variants ---------------------------------------------------------------------------------

    def explains(self, fit: Fit, variant: Variant, seeds: Sequence[int] = SEEDS) -> bool:
        wheres = {"probabilities": "probabilities", "square weight": "square"}
        what = next((wheres[need] for need in variant.shows.needs if need in wheres), "")
        kinds = (what, f"{FAR} {what}") if what == "probabilities" else (what,)
        return all(self.agrees(fit, variant, seed, kind) for kind in kinds for seed in seeds)

    def agrees(self, fit: Fit, variant: Variant, seed: int, what: str) -> bool:
        answer = self.answer(fit, seed, what)
        if answer is None or not mostly_finite([list(answer.values())]):
            return False
        inputs = self.inputs(fit.reference, seed, what)
        try:
            function = candidates.made(variant, self.kind, fit.reference)  # type: ignore[arg-type]
            inputs, answer = self.with_masks(fit, inputs, answer)
            theirs = self.evaluated(fit, function, inputs)
        except candidates.REFUSED:
            return False
        roles = [role for role in answer if role in theirs]
        if any(answer[role].shape != theirs[role].shape for role in roles):
            return False
        size = max(1.0, *(float(np.abs(value).max()) for role, value in inputs.items() if role != "y"))
        terms = [np.maximum(np.abs(theirs[role]), size if self.kind != "loss" else size / 3) for role in roles]
        own, other = [answer[role] for role in roles], [theirs[role] for role in roles]
        return agrees(own, other, terms, "float64", lambda: self._moved(fit, function, inputs, roles))

    def with_masks(self, fit: Fit, inputs: Inputs, answer: Answer) -> tuple[Inputs, Answer]:
        """Return inputs and answer of a layer with what chance decided: masks, and how many numbers stayed."""
        masks = kind_case.masks_in(self.found, inputs, answer)
        if not masks:
            return inputs, answer
        if self.found.has_given_mask:
            return {**inputs, **masks}, answer
        share = kind_case.share_of(answer, float(dict(fit.params).get("p", 0.5)))
        return {**inputs, **masks}, {**answer, "kept": np.asarray(share)}

    def evaluated(self, fit: Fit, function: Any, inputs: Inputs) -> Answer:
        """Return what the textbook's function, changed or not, makes of inputs."""
        if not self.is_of_kind:
            return evaluated(self.kind, function, inputs)
        with np.errstate(all="ignore"):
            return kind_case.evaluated(fit.reference, fit.params, function, inputs)

    def _moved(self, fit: Fit, function: Any, inputs: Inputs, roles: Sequence[str]) -> list[Array]:
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
            many.append(self.evaluated(fit, function, nudged))
        return [np.stack([one[role] for one in many]) for role in roles]


def _stage(kind: str, inputs: Mapping[str, Array], results: Answer, about: Any) -> Stage:
    return Stage(kind, inputs, results, {role: role for role in results}, about)


def evaluated(kind: str, function: Any, inputs: Inputs) -> Answer:
    """Return a textbook function's answer, changed or not, in the roles of own answers."""
    with np.errstate(all="ignore"):
        if kind == "activation":
            a = function.f(inputs["z"])
            if function.back is not None:
                return _as_arrays({"a": a, "dL_dz": function.back(inputs["dL_da"], inputs["z"], a)})
            da_dz = function.df(inputs["z"], a)
            return _as_arrays({"a": a, "da_dz": da_dz, "dL_dz": inputs["dL_da"] * da_dz})
        if kind == "loss":
            return _as_arrays(
                {"loss": function.f(inputs["a"], inputs["y"]), "dL_da": function.df(inputs["a"], inputs["y"])}
            )
        from engine.diy.activations import ACTIVATIONS
        from engine.variants.dense import Weights

        layer = Weights(inputs["W"], inputs["b"], ACTIVATIONS["identity"])
        passed = function.forward(layer, inputs["x"])
        gradient = function.backward(layer, passed, inputs["dL_dz"], 1.0)
        found = {"z": passed.z, "dL_dx": gradient.dL_dx, "dL_dW": gradient.dL_dW, "dL_db": gradient.dL_db}
        return _as_arrays({role: value for role, value in found.items() if value is not None})


def _as_arrays(values: Mapping[str, Any]) -> Answer:
    return {role: np.asarray(value) for role, value in values.items()}


def made_of_output(inputs: Inputs, answer: Answer, reference: str, dtype: str) -> Answer:
    """Return torch's derivatives where it is handed the code's own values."""
    found = {"a": answer["a"]}
    for role, behind in (("da_dz", np.ones_like(answer["a"])), ("dL_dz", inputs["dL_da"])):
        stage = Stage("backward_of_output", {"a": answer["a"], "dL_da": behind}, {}, {}, reference)
        found[role] = reference_answer(stage, dtype)["dL_dz"]
    return found


def torch_answer(case: FunctionCase, fit: Fit, inputs: Inputs, answer: Answer, dtype: str = "float64") -> Answer:
    found: Answer = {}
    for stage in case.stages(fit, inputs, answer):
        made = reference_answer(stage, dtype)
        found |= {name: made[role] for role, name in stage.names.items() if role in made}
    return found
