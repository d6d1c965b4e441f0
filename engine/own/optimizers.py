"""An optimizer of a person's, called in whichever way fits, over the steps of a probe."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from .module_state import KeptState, Turns
from .optimizer_caller import OptimizerCaller
from .optimizer_makers import Makers
from .optimizer_parts import CannotCall, Convention, ask_about, conventions, rate_names, unknown_of
from .roles import USUAL, role_of
from .settings import Setting, of_constants, of_keys, of_signature, signature_of
from .source import Source
from .stand_ins import NOTHING
from .subjects import Subject
from .unusable import Unusable, from_error, is_from

DRY_STEPS = 2
Guard = Callable[[], Any]  # a context in which own code runs


class MovesNothingError(CannotCall):
    """Report a convention that runs and changes nothing: another may be meant, or that is what the code does."""


class OptimizerProbe(NamedTuple):
    """Ask an optimizer one question: ``weights`` and ``gradients`` are a list of parameters for each step.

    Of a free run ``weights`` has the start alone. ``rates``: the learning rate of each step, None to leave it alone.
    ``settings`` are hyperparameters by the code's own names. ``counts_from``: the first step's number, where told.
    """

    weights: list[list[Array]]
    gradients: list[list[Array]]
    rates: list[float] | None
    settings: dict[str, Any]
    counts_from: int = 1


class Described(NamedTuple):
    """Describe an optimizer as found. ``counts``: it is given the step's number; ``shapes`` are those it can take."""

    kind: str
    name: str
    form: str
    settings: list[Setting]
    counts: bool
    changes_rate: bool
    shapes: list[tuple[int, ...]]
    first: int
    last: int
    literals: list[tuple[float, int]]
    text: str
    separate: bool = False


class OwnOptimizer:
    """Call a user's optimizer by whichever convention fits it.

    Questions raise Unusable where the code fails them.
    """

    def __init__(
        self, source: Source, module: ModuleType | None, subject: Subject, told: Mapping[str, str], guard: Guard
    ):
        self._source, self._module, self._subject, self._told, self._guard = source, module, subject, told, guard
        self._kept = KeptState(module) if module is not None else None
        self._in_place = False
        self.on_step: Callable[[int], None] | None = None  # told the number of each step before it is taken

    def prepare(self, shapes: Sequence[tuple[int, ...]]) -> Described:
        """Find a way to call it with parameters of these shapes, or of one shape where it takes no others."""
        self._shapes = list(shapes)
        tried: list[BaseException] = []
        still: tuple[OptimizerCaller, list[tuple[int, ...]]] | None = None
        alike = [shapes[0]] * len(shapes)
        for candidates, separate in ((list(shapes), False), (list(shapes), True), (alike, False)):
            self._shapes = candidates
            for caller in self._callers(separate):
                outcome = self._tried(caller)
                if outcome is None:
                    self._caller = caller
                    return self._described()
                tried.append(outcome)
                if isinstance(outcome, MovesNothingError):
                    still = still or (caller, candidates)
        if still is not None:
            self._caller, self._shapes = still
            return self._described()
        raise self._told_of(tried)

    def run(self, probe: OptimizerProbe) -> list[list[Array]]:
        """Return the weights after each step of a probe. Raises Unusable where the code fails."""
        try:
            return self._run(self._caller, probe)
        except CannotCall as error:
            raise Unusable(str(error), self._subject.first) from None
        except Unusable:
            raise
        except BaseException as error:
            raise self._failed(error) from None

    # --- finding a way ----------------------------------------------------------------------------

    def _callers(self, separate: bool) -> Iterator[OptimizerCaller]:
        """``separate``: with an object for each parameter, as one that is handed arrays one by one may be meant."""
        tensors = self._source.imports("torch")
        for make, parts, initial, held in Makers(self._subject, self._module, self._told, self._guard, self._failed):
            unknown = unknown_of(parts)
            if unknown:
                raise ask_about(unknown, self._subject.name)
            if self._subject.form == "torch optimizer":
                tries: Iterator[Convention] = iter([Convention("parameters", "dict", True)])
            else:
                tries = conventions(parts, initial is not None, tensors, held)
            if separate:
                is_one = isinstance(self._subject.forward, type)
                tries = (one._replace(separate=True) for one in tries if is_one and one.container == "array")
            for convention in tries:
                yield OptimizerCaller(make, parts, convention, self._told, initial)

    def _tried(self, caller: OptimizerCaller) -> BaseException | None:
        """Take two steps: None where that went well."""
        start = [np.full(shape, 5.0) for shape in self._shapes]
        start = [w + np.arange(w.size).reshape(w.shape) / 16 for w in start]
        steps = [[np.full(shape, size) for shape in self._shapes] for size in (0.25, 0.5)]
        probe = OptimizerProbe([start], steps, None, self._needed_settings())
        try:
            after = self._run(caller, probe)
            if any(now.shape != was.shape for now, was in zip(after[-1], start, strict=True)):
                return CannotCall("a weight comes out in another shape")
            if caller.change == 0 and self._is_change(caller, after[0], probe):
                caller.change = -1 if np.mean([w.mean() for w in after[0]]) > 0 else 1
                after = self._run(caller, probe)
            moved = [not np.array_equal(now, was) for now, was in zip(after[-1], start, strict=True)]
            return None if all(moved) else MovesNothingError("it moves no weight")
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | Unusable):
                raise
            return error

    def _is_change(self, caller: OptimizerCaller, after: Sequence[Array], probe: OptimizerProbe) -> bool:
        """Whether what comes out is a change of the weight: it is the same wherever that began."""
        shifted = probe._replace(weights=[[weight + 8 for weight in probe.weights[0]]])
        elsewhere = self._run(caller, shifted)[0]
        pairs = zip(after, elsewhere, strict=True)
        return all(np.isfinite(one).all() and bool((np.abs(one - other) < 4).all()) for one, other in pairs)

    def _needed_settings(self) -> dict[str, Any]:
        return {one.name: one.value for one in self._signature_settings() if not one.given}

    def _signature_settings(self) -> list[Setting]:
        thing = self._subject.forward
        if self._subject.form == "textbook":
            names = thing if isinstance(thing, Mapping) else vars(thing)
            if "Hyper" not in names:
                return []
            defaults = getattr(names["Hyper"], "_field_defaults", {})
            return [
                Setting(
                    name,
                    role_of(name, "optimizer") or name,
                    defaults.get(name, USUAL.get(name)),
                    name in defaults,
                    True,
                )
                for name in names["Hyper"]._fields
            ]
        return list(of_signature(thing, "optimizer", self._told))

    def _told_of(self, tried: Sequence[BaseException]) -> Unusable:
        """Choose the failure that says most: the first that came out of the user's own lines."""
        own = [error for error in tried if is_from(error, self._source.file)]
        if own and not isinstance(tried[0], CannotCall):
            return from_error(own[0], self._source.file)
        if tried:
            named = [error for error in tried if isinstance(error, CannotCall)] or list(tried)
            return Unusable(f"no way to call {self._subject.name} was found: {named[0]}", self._subject.first)
        return Unusable(f"no way to call {self._subject.name} was found", self._subject.first, code="form")

    def _failed(self, error: BaseException) -> BaseException:
        return error if isinstance(error, KeyboardInterrupt) else from_error(error, self._source.file)

    # --- what was found ---------------------------------------------------------------------------

    def _described(self) -> Described:
        settings = self._signature_settings()
        known = {one.role for one in settings}
        keys = [one for one in of_keys(self._caller.asked, NOTHING, "optimizer", self._told) if one.role not in known]
        settings += keys
        known |= {one.role for one in keys}
        literals = self._source.literals(self._subject.first, self._subject.last)
        settings += of_constants(literals, known, "optimizer", self._told)
        is_textbook = self._subject.form == "textbook"
        is_settable = any(
            one.settable and one.role in ("lr", "alpha") for one in settings if is_textbook or not self._holds()
        )
        changes = is_settable or (self._caller.holder is not None and self._can_set_rate())
        return Described(
            "optimizer", self._subject.name, self._form(), settings, self._caller.is_told_t, changes, self._shapes,
            self._subject.first, self._subject.last, [(one.value, one.line) for one in literals],
            "\n".join(self._source.lines[self._subject.first - 1 : self._subject.last]),
            self._caller.convention.separate,
        )  # fmt: skip

    def _holds(self) -> bool:
        """Whether its settings are fixed when it is made: a class, a closure."""
        signature = signature_of(self._subject.forward)
        return not any(
            role_of(name, "optimizer", self._told) in ("grad", "dx_grad", "weight") for name in signature
        ) or (isinstance(self._subject.forward, type))

    def _can_set_rate(self) -> bool:
        kept = copy.copy(getattr(self._caller.holder, "__dict__", {}))
        return bool(kept.get("param_groups") or rate_names(kept, self._told))

    def _form(self) -> str:
        form = self._subject.form
        roles = self._caller.roles
        if form in ("plain", "config dict") and "state" in roles:
            return "state"
        if form == "plain" and self._in_place:
            return "in place"
        return form

    # --- running ----------------------------------------------------------------------------------

    def _run(self, caller: OptimizerCaller, probe: OptimizerProbe) -> list[list[Array]]:
        if self._kept is not None:
            self._kept.restore()
        caller.counts_from = probe.counts_from
        caller.turns = self._turns(caller, len(probe.gradients[0]))
        results: list[list[Array]] = []
        with self._guard(), np.errstate(all="ignore"):
            caller.start(probe.weights[0], probe.settings)
        for number, gradients in enumerate(probe.gradients):
            if self.on_step:
                self.on_step(number + 1)
            with self._guard(), np.errstate(all="ignore"):
                if len(probe.weights) > 1:
                    caller.place(probe.weights[number])
                caller.step(gradients, probe.rates[number] if probe.rates else None, number + 1)
            results.append([np.array(weight).view(np.ndarray) for weight in caller.weights()])
        self._in_place = caller.was_in_place
        return results

    def _turns(self, caller: OptimizerCaller, count: int) -> Turns | None:
        is_function = self._subject.form == "plain" and caller.convention.container == "array"
        if self._kept is None or not is_function:
            return None
        return Turns(self._kept, count) if self._kept.has_data or "global" in self._source.text else None

    # --- a run that goes on -----------------------------------------------------------------------

    @property
    def module(self) -> ModuleType | None:
        return self._module

    def new_caller(self, count: int) -> OptimizerCaller:
        """Return another caller by the convention that was found, for ``count`` parameters."""
        caller = copy.copy(self._caller)
        caller.turns, caller.is_live = self._turns(caller, count), True
        return caller

    def begin(self) -> None:
        """Put the file's globals back as its top level left them."""
        if self._kept is not None:
            self._kept.restore()

    def remembered(self) -> list[str]:
        """Return the names of the globals that are not as the file's top level left them."""
        return [] if self._kept is None else [*self._kept.changed()]

    def take_over(self, other: "OwnOptimizer") -> None:
        """Take what other code of the same file has changed outside of its objects: globals, and what classes keep."""
        if self._kept is not None and other._kept is not None:
            self._kept.take_over(other._kept)

    def words_of(self, error: BaseException) -> BaseException:
        """Return what own code raised with its own line, as Unusable; an interruption as it is."""
        return Unusable(str(error), self._subject.first) if isinstance(error, CannotCall) else self._failed(error)
