"""A log is judged: torch takes each step from where the log itself stood, so that drift is no mistake.

Loss and gradients are those at the log's weights before the step; the update begins with these weights, the log's
gradients, and what its optimizer kept, or where that was not logged what torch's keeps along the log's own gradients.
What a number is held against is how far torch moves by what right code may differ by, in the precision of the log.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.backends import make_pass, masks_of, moved_answers, moved_run, reference_answer, reference_run
from engine.lane.batches import Batches
from engine.lane.layout import RATE
from engine.lane.log_lane import LogLane
from engine.lane.stage import Hearing, Loose, Stage, Update, UpdateRun
from engine.spec import ExperimentSpec, optimizer_module, shapes_of, torch_state

from .comparison import terms_of_steps
from .hearing import Wrong
from .logged_beside import Beside, as_kept, moved_gradient
from .rule import CONVICTION, FACTOR, FIRST, HEARINGS, SUSPICION, distance, floor, spread

PARTLY_FLOAT32 = ("NAdam", "ASGD")  # which keep numbers in torch's default precision
REFUSED = (ArithmeticError, RuntimeError, ValueError)  # what torch raises where it has no answer
MOST_STEPS = 4096  # along which what an optimizer keeps is made again
LOSS, COUNT = "loss", "t"
Found = tuple[int, Wrong]


class LogVerdict:
    """Judge an entry's log up to any step that its lane has taken; ``start`` are the weights that it begins with."""

    judges_alone = True
    inherited = False  # nothing was left to it by anything else

    def __init__(self, spec: ExperimentSpec, entry: int, lane: LogLane, start: Sequence[Array], batches: Batches):
        self._lane, self._log, self._batches = lane, lane.log, batches
        self._entry, self._names = spec.optimizers[entry], list(shapes_of(spec))
        self.dtype = self._log.precision
        self._spec = spec.model_copy(update={"dtype": self.dtype, "device": "cpu"})
        self._start = [np.asarray(weight).astype(self.dtype) for weight in start]
        self._passed, self._wrong_pass = 0, None
        self._updated, self._wrong_state = 0, None
        self._moved_by: dict[int, dict[str, Array]] = {}
        self._updates: dict[int, Found | None] = {}
        self._acquitted = 0  # steps whose updates were all heard

    # --- what can be judged ------------------------------------------------------------------------

    def _has(self, name: str) -> bool:
        return name in self._log.values

    @cached_property
    def _has_weights(self) -> bool:
        return all(map(self._has, self._names))

    @cached_property
    def _has_gradients(self) -> bool:
        return all(self._has(f"{name}.grad") for name in self._names)

    @cached_property
    def _draws_masks(self) -> bool:
        return masks_of(self._spec) is not None

    @cached_property
    def unjudged(self) -> tuple[str, ...]:
        """Return what of a step was not logged, and so is not judged: ``loss``, ``grad``, ``weight``, ``state``.

        Without weights no step but the first can be taken from where the log stood.
        """
        states = [name for name in self._log.values if name.rpartition(".")[0] in self._names and name[-5:] != ".grad"]
        there = {LOSS: self._has(LOSS), "grad": self._has_gradients, "weight": self._has_weights, "state": bool(states)}
        return tuple(what for what, is_there in there.items() if not is_there)

    def reach(self, step: int) -> int:
        """Return the last step up to ``step`` of which all that is logged is judged."""
        if not self._has_weights:
            return min(step, 1)
        return step if self._states_logged else min(step, MOST_STEPS)

    def has(self, step: int) -> bool:
        """Return whether all is there by which the steps up to ``step`` are judged: a log forgets nothing."""
        return step <= len(self._log)

    # --- what is wrong -----------------------------------------------------------------------------

    def wrong(self, step: int, since: int = 0) -> Found | None:
        """Return the first step after ``since``, up to ``step``, in which a number is more than rounding apart."""
        step = min(step, len(self._log))
        found = [one for one in (self._rate(step), self._pass(step), self._update(step)) if one is not None]
        found = [one for one in found if one[0] > since]
        return min(found, key=lambda one: one[0], default=None)  # of one step what comes first in it

    def wrong_at(self, step: int, hyper: Any) -> list[Wrong]:
        """Return what of one step is more than rounding apart, whatever the steps before it were.

        ``hyper`` are the hyperparameters in force at it, which the lane need not have taken yet.
        """
        found: list[Found | None] = []
        if (names := self._names_in_pass) and not self._draws_masks:
            found.append(self._wrong_in_pass(step, names))
        if self._states_logged:
            found.append(self._wrong_from_state(step, hyper))
        elif step in self._lane.hypers:
            found.append(self._update(step))
        return [one[1] for one in found if one is not None and one[0] == step]

    @property
    def _names_in_pass(self) -> list[str]:
        return [name for name in (LOSS, *(f"{one}.grad" for one in self._names)) if self._has(name)]

    def _rate(self, step: int) -> Found | None:
        """Find a rate that is logged and not the one in force."""
        if not self._has(RATE):
            return None
        for number in range(1, step + 1):
            given, expected = float(self._log.values[RATE][number - 1]), float(self._hyper(number)["lr"])
            if not abs(given - expected) <= 8 * np.finfo(np.float32).eps * abs(expected) + self._half(RATE):
                return number, Wrong(RATE, (), given, expected)
        return None

    def _half(self, name: str) -> float:
        return self._log.halves.get(name, 0.0)

    def _weights_before(self, step: int) -> list[Array] | None:
        if step == 1:
            return self._start
        if not self._has_weights:
            return None
        return [self._logged(name, step - 1) for name in self._names]

    def _logged(self, name: str, step: int) -> Array:
        value = self._log.at(name, step, self.dtype)
        assert value is not None
        return value

    def _halves(self, step: int) -> list[float]:
        return [0.0 if step == 1 else self._half(name) for name in self._names]

    # --- loss and gradients ------------------------------------------------------------------------

    @cached_property
    def _torch(self) -> Any:
        return make_pass(self._spec, self._entry.clip)

    @cached_property
    def _exact(self) -> Any:
        return make_pass(self._spec.model_copy(update={"dtype": "float64"}), self._entry.clip)

    def _pass(self, step: int) -> Found | None:
        """Find the first loss or gradient that is wrong; each step is looked at once."""
        names = self._names_in_pass
        if self._draws_masks or not names:
            return None
        while self._wrong_pass is None and self._passed < step:
            self._passed += 1
            self._wrong_pass = self._wrong_in_pass(self._passed, names)
        return self._wrong_pass if self._wrong_pass is not None and self._wrong_pass[0] <= step else None

    def _wrong_in_pass(self, step: int, names: Sequence[str]) -> Found | None:
        weights, rows = self._weights_before(step), self._batches.rows(step)
        if weights is None or not all(np.isfinite(weight).all() for weight in weights):
            return None
        base = self._torch.answer(weights, rows)
        suspects: dict[str, Array] = {}
        for name in names:
            own = self._logged(name, step)
            own = own.reshape(base[name].shape)
            allowed = floor(np.abs(base[name]).max(initial=0.0), self.dtype) + self._half(name)
            beyond = np.isfinite(base[name]) & ~(distance(own, base[name]) <= FACTOR * allowed)
            if beyond.any():
                suspects[name] = beyond
        return self._heard(step, weights, base, suspects) if suspects else None

    def _heard(
        self, step: int, weights: Sequence[Array], base: Mapping[str, Array], suspects: dict[str, Array]
    ) -> Found | None:
        """Hear what is not as near as is always allowed, with more and larger moves before it is called wrong."""
        rows, halves = self._batches.rows(step), self._halves(step)
        exact = base if self.dtype == "float64" else self._exact.answer(weights, rows)
        for how in HEARINGS:
            moved = self._torch.moved(weights, halves, rows, how)
            for name, beyond in suspects.items():
                own = self._logged(name, step).reshape(base[name].shape)
                off, twin = distance(own, exact[name]), distance(base[name], exact[name])
                far, least = spread(base[name], moved[name]), floor(np.abs(base[name]).max(initial=0.0), self.dtype)
                with np.errstate(all="ignore"):
                    outside = ~(off <= FACTOR * (far + twin + least) + 2 * self._half(name))
                suspects[name] = beyond & np.isfinite(far) & outside
            suspects = {name: beyond for name, beyond in suspects.items() if beyond.any()}
            if not suspects:
                return None
        name, beyond = next(iter(suspects.items()))
        index = tuple(int(i) for i in np.argwhere(beyond)[0])
        own = self._logged(name, step).reshape(base[name].shape)
        return step, Wrong(name, index, float(own[index]), float(base[name][index]))

    # --- the update from the log's own state -------------------------------------------------------

    @cached_property
    def _states_logged(self) -> bool:
        """Whether all is logged that an optimizer keeps, but for a count of steps, which is known."""
        symbols = [symbol for symbol in torch_state(self._entry.name) if symbol != COUNT]
        there = [self._has(f"{name}.{symbol}") for name in self._names for symbol in symbols if symbol != "v_max"]
        return self._has_weights and bool(there) and all(there) and self._entry.name not in PARTLY_FLOAT32

    def _from_own_state(self, step: int) -> Found | None:
        while self._wrong_state is None and self._updated < step:
            self._updated += 1
            self._wrong_state = self._wrong_from_state(self._updated)
        return self._wrong_state if self._wrong_state is not None and self._wrong_state[0] <= step else None

    def _wrong_from_state(self, step: int, hyper: Any = None) -> Found | None:
        gradients = self._gradients(step)
        for name, gradient, loose in zip(self._names, gradients, self._loose(step), strict=True):
            stage = self._stage(name, step, gradient, self._lane.hypers[step] if hyper is None else hyper)
            if not all(np.isfinite(value).all() for value in stage.inputs.values()):
                continue
            try:
                wrong = self._wrong_stage(stage, loose)
            except REFUSED:
                continue
            if wrong is not None:
                return step, wrong
        return None

    def _wrong_stage(self, stage: Stage, loose: Array) -> Wrong | None:
        answer = reference_answer(stage, self.dtype)
        beside: dict[str, Beside] = {}
        for role, own in stage.results.items():
            if role in answer and answer[role].size == own.size:
                before = stage.inputs["w"] if role == "w" else stage.about.state.get(role)
                before = 0.0 if before is None else np.abs(np.asarray(before, float))
                own, torch = own.reshape(answer[role].shape), answer[role]
                terms = np.maximum(np.abs(torch), before)
                beside[role] = Beside(own, torch, terms, self._half(stage.names[role]), self.dtype)
        for how in HEARINGS:
            if not any(one.wrong.any() for one in beside.values()):
                return None
            moved = moved_answers(stage, self.dtype, how)
            off = moved_gradient(stage, loose, self.dtype) if loose.any() else None
            for role, one in beside.items():
                one.hear(moved[role] if off is None else np.concatenate([moved[role], off[role]]))
        return next((one.named(stage.names[role]) for role, one in beside.items() if one.wrong.any()), None)

    def _stage(self, name: str, step: int, gradient: Array, hyper: Any) -> Stage:
        """Return the update of a weight, with what its optimizer had kept by then."""
        module, weights = optimizer_module(self._entry.name), dict(zip(self._names, self._before(step), strict=True))
        state: dict[str, Any] = {}
        if step > 1:
            fresh = module.init(weights[name])._asdict()
            for symbol, value in fresh.items():
                kept = self._log.at(f"{name}.{symbol}", step - 1, self.dtype)
                state[symbol] = step - 1 if symbol == COUNT else as_kept(kept, value)
        results = {"w": self._logged(name, step)}
        names = {"w": name}
        for symbol in torch_state(self._entry.name):
            if symbol != COUNT and self._has(f"{name}.{symbol}"):
                results[symbol] = self._logged(f"{name}.{symbol}", step)
                names[symbol] = f"{name}.{symbol}"
        order = [role for role in names if role != "w"] + ["w"]
        about = Update(self._entry.name, hyper, state, narrow_numbers=self.dtype == "float32")
        inputs = {"w": weights[name], "g": gradient}
        return Stage(
            "update", inputs, {role: results[role] for role in order}, {role: names[role] for role in order}, about
        )

    def _before(self, step: int) -> list[Array]:
        weights = self._weights_before(step)
        assert weights is not None
        return weights

    # --- the update --------------------------------------------------------------------------------

    def _hyper(self, step: int) -> dict[str, Any]:
        return self._lane.hypers[step]._asdict()

    def _update(self, step: int) -> Found | None:
        """Find the first update that is wrong among those whose weights, or states, are logged."""
        if self._states_logged:
            return self._from_own_state(step)
        steps = min(step, MOST_STEPS) if self._has_weights else 0
        known = [one for number, one in sorted(self._updates.items()) if one is not None and one[0] <= step]
        if known:
            return known[0]
        if steps <= self._acquitted:
            return None
        found = self._updates[steps] = self._first_wrong_update(self._finite_steps(steps))
        if found is None:
            self._acquitted = steps
        return found

    def _first_wrong_update(self, steps: int) -> Found | None:
        found: Found | None = None
        for whole in (True, False) if self._entry.name in PARTLY_FLOAT32 else (True,):
            try:
                found = self._wrong_along(steps, whole) if steps else None
            except REFUSED:
                return None
            if found is None:
                return None
        return found

    def _finite_steps(self, steps: int) -> int:
        """Return how many steps there are before a number is not finite: from there on nothing can be told."""
        for name in (*self._names, *(f"{one}.grad" for one in self._names if self._has_gradients)):
            values = self._log.values[name][:steps]
            finite = np.isfinite(values).reshape(len(values), -1).all(axis=1)
            steps = steps if finite.all() else int(np.argmin(finite))
        return steps

    def _wrong_along(self, steps: int, whole: bool) -> Found | None:
        """Find the first wrong update beside those of torch's optimizer, which keeps its own state from the start."""
        base = _flat(reference_run(self._run(steps, whole), self.dtype))
        names = [name for _ in range(steps) for name in self._names]
        own = [self._logged(name, step) for step in range(1, steps + 1) for name in self._names]
        terms = terms_of_steps(self._run(steps, whole).weights, len(self._names), base)
        each = zip(names, own, base, terms, strict=True)
        beside = [Beside(mine, torch, term, self._half(name), self.dtype) for name, mine, torch, term in each]
        for one in beside[: self._acquitted * len(self._names)]:
            one.wrong[...] = False
        for how in (FIRST, SUSPICION):
            suspect = [place for place, one in enumerate(beside) if one.wrong.any()]
            if suspect:
                self._hear_along(beside, suspect[-1] // len(self._names) + 1, whole, how)
        while (place := next((place for place, one in enumerate(beside) if one.wrong.any()), None)) is not None:
            step = place // len(self._names) + 1
            self._hear_along(beside, step, whole, CONVICTION)
            if beside[place].wrong.any():
                return step, beside[place].named(names[place])
        return None

    def _hear_along(self, beside: Sequence["Beside"], steps: int, whole: bool, how: Hearing) -> None:
        moved = _flat(moved_run(self._run(steps, whole, loosely=True), self.dtype, how))
        for one, again in zip(beside, moved, strict=False):
            one.hear(again)

    def _run(self, steps: int, whole: bool, *, loosely: bool = False) -> UpdateRun:
        """Return the run of torch's optimizer along the log's weights and gradients."""
        weights = [weight for weight in map(self._weights_before, range(1, steps + 1)) if weight is not None]
        gradients = [self._gradients(step) for step in range(1, steps + 1)]
        hypers = [self._hyper(step) for step in range(1, steps + 1)]
        loose = None
        if loosely:
            loose = Loose(
                [self._loose(step) for step in range(1, steps + 1)], [self._half(name) for name in self._names]
            )
        narrow = self.dtype == "float32"
        return UpdateRun(
            *(self._entry.name, hypers[0], weights, gradients, None, whole),
            hypers=hypers,
            loose=loose,
            narrow_numbers=narrow,
        )

    def _gradients(self, step: int) -> list[Array]:
        """Return the gradients of a step: the log's own, or where they are not logged torch's at the log's weights."""
        if self._has_gradients:
            each = zip(self._names, self._start, strict=True)
            return [self._logged(f"{name}.grad", step).reshape(weight.shape) for name, weight in each]
        answer = self._torch.answer(self._before(step), self._batches.rows(step))
        return [answer[f"{name}.grad"] for name in self._names]

    def _loose(self, step: int) -> list[Array]:
        """Return how far the gradients that a step was taken with may be off, beyond their own roundings."""
        if self._has_gradients:
            each = zip(self._names, self._start, strict=True)
            return [np.full(weight.shape, self._half(f"{name}.grad")) for name, weight in each]
        if step not in self._moved_by:
            weights, rows = self._before(step), self._batches.rows(step)
            base, how = self._torch.answer(weights, rows), Hearing(SUSPICION.times, SUSPICION.ulps)
            moved = self._torch.moved(weights, self._halves(step), rows, how)
            self._moved_by[step] = {name: spread(base[name], moved[name]) for name in base}
        return [self._moved_by[step][f"{name}.grad"] for name in self._names]


def _flat(steps: Sequence[Sequence[Array]]) -> list[Array]:
    return [weight for step in steps for weight in step]
