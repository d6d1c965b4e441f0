"""LBFGS's step as stages: what it found at each point it tried, and where it went from what it found."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy import ndarray as Array

from engine.diy.optimizers.lbfgs import COMPARED, SEARCHED
from engine.lane.names import BEFORE
from engine.lane.stage import Minimize, Stage
from engine.recording.recorder import RETURN
from engine.spec import ExperimentSpec, shapes_of

from .step import Step

COUNTS = ("pairs", "n_iter", "func_evals")  # what LBFGS's decisions come to
TURN = 1e-6  # of the way: points tried that far apart were told by other comparisons, not by rounding
VECTORS = ("d", "g_prev", "S", "Y", "rho")  # of a state: what is moved by roundings


def minimize_stages(spec: ExperimentSpec, step: Step) -> Iterator[Stage]:
    """Yield the stages of a step of all weights at once; none where a schedule's rate leaves both sides in place."""
    hyper = step.own.hyper
    if hyper.line_search_fn is not None and hyper.lr < SEARCHED:
        return
    names = list(shapes_of(spec))
    first = Evaluation(
        _flat([step.get(f"{name}{BEFORE}") for name in names]),
        step.get("loss"),
        _flat([step.get(f"{name}.grad") for name in names]),
    )
    tried = list(_evaluations(step))
    if tried:  # all are by the same lines: one stands for them
        yield _evaluation(spec, step, names[0], tried[-1])
    yield _minimize(step, names, [first, *tried])


class Evaluation(NamedTuple):
    """Hold some weights, end to end, and the loss and gradient found there."""

    w: Array
    L: Any
    g: Array


def _flat(arrays: list[Any]) -> Array:
    return np.concatenate(arrays, axis=None)


def _evaluations(step: Step) -> Iterator[Evaluation]:
    """Those of the recording, in order: each is a call of the textbook's ``evaluate``."""
    recording = step.own.recording
    found = {line.call: line.made[RETURN] for line in recording.lines if RETURN in line.made}
    for number, call in enumerate(recording.calls):
        if call.code.co_name == "evaluate" and number in found:
            yield Evaluation(call.arguments["w"], *found[number])


def _evaluation(spec: ExperimentSpec, step: Step, weight: str, found: Evaluation) -> Stage:
    """Return loss and gradient at other weights as one stage: stage by stage they were judged at the step's begin."""
    batch = {role: step.get(role) for role in ("x", "y") if step.get(role) is not None}
    results = {"L": np.asarray(found.L), "g": found.g}
    names = {"L": f"{weight}.tried.L", "g": f"{weight}.tried.g"}
    return Stage("evaluation", {"w": found.w, **batch}, results, names, spec)


def _minimize(step: Step, names: list[str], tried: list[Evaluation]) -> Stage:
    before, after = step.before[0], step.after[0]
    begins = before.get("d") is None  # no iteration yet, whatever it has evaluated
    kept = 0 if after["rho"] is None else len(after["rho"])
    inputs = {
        "w": tried[0].w,
        "L": np.array([float(one.L) for one in tried], tried[0].w.dtype),
        "g": np.stack([one.g for one in tried]),
        **{symbol: before[symbol] for symbol in VECTORS if not begins},
    }
    entries = (*COMPARED, *(("S", "Y", "rho") if kept else ()))
    results = {symbol: np.asarray(after[symbol]) for symbol in entries if after[symbol] is not None}
    results |= {"pairs": np.asarray(float(kept)), "tried": np.stack([one.w for one in tried])}
    results["w"] = _flat([step.get(name) for name in names])
    own = {role: f"{names[0]}.{role}" for role in results} | {"w": names[0]}
    return Stage("minimize", inputs, results, own, Minimize(step.own.hyper, before, begins, kept))


def of_same_turns(stage: Stage, base: Mapping[str, Array], moved: Mapping[str, Array]) -> dict[str, Array]:
    """Return what torch came to each time it was moved; NaN where it then decided otherwise.

    Whether to keep a pair, to search on or to stop is told by comparisons. Where a rounding tips one, the rest of the
    step goes another way, and has nothing to be compared with. Before the first point tried by a lane that begins
    nothing is decided. What decisions come to is counted: that tells against DIY, unless a rounding tips torch's no
    later than where DIY's went another way.
    """
    other_counts = np.any([moved[count] != base[count] for count in COUNTS], axis=0)
    turns = _turns(moved["tried"], base["tried"])
    turned = other_counts | (turns < len(base["tried"]))
    (own_turn,) = _turns(stage.results["tried"][None], base["tried"])
    answers = {role: np.array(values, np.float64) for role, values in moved.items()}
    undecided = 2 if stage.about.is_fresh else 0
    for role, values in answers.items():
        if role == "tried":
            values[turned, undecided:] = np.nan
        elif role not in COUNTS:
            values[turned] = np.nan
        elif own_turn < len(base["tried"]):
            values[turns <= own_turn] = np.nan
    return answers


def _turns(tried: Array, base: Array) -> Array:
    """Return at which of the points tried each goes another way than torch's own; their number where none does."""
    with np.errstate(all="ignore"):
        length = np.nanmax(np.abs(base - base[0]), initial=0.0)
        is_away = np.nanmax(np.abs(tried - base), axis=2, initial=0.0) > TURN * length
    return np.where(is_away.any(axis=1), is_away.argmax(axis=1), len(base))
