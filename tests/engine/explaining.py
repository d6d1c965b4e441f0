"""Recorded steps for the tests of explaining, and a reader of its LaTeX that computes what is written there."""

import math
import re
from typing import Any

import numpy as np
import scipy.special

from engine.lane.batches import Batches
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec
from engine.trace import Trace, trace_step

FUNCTIONS = {
    "sqrt": math.sqrt,
    "ln": math.log,
    "tanh": math.tanh,
    "max": max,
    "min": min,
    "e": math.e,
    "pi": math.pi,
    "sign": np.sign,
    "clip": np.clip,
    "erf": scipy.special.erf,
    "sigma": scipy.special.expit,
    "lnsigma": scipy.special.log_expit,
}
REPLACED = [
    (r"\\begin.*", "?"),
    (r"\\left\|(.*?)\\right\|", r"abs(\1)"),
    (r"\\left\[|\\right\]", ""),
    (r"\\left|\\right|\\,", ""),
    (r"\\mathrm{(\w+)}", r"\1"),
    (r"\\times 10", "*10"),
    (r"\\cdot", "*"),
    (r"\\frac", ""),
    (r"{-}", "-"),
    (r"}{", ")/("),
    (r"{", "("),
    (r"}", ")"),
    (r"\^", "**"),
    (r"\\", ""),
]


def computed(latex: str) -> Any:
    """What a formula of numbers comes to; None where there are symbols, or dots, in it."""
    for pattern, text in REPLACED:
        latex = re.sub(pattern, text, latex)
    if "dots" in latex or {*re.findall("[a-zA-Z]+", latex)} - {*FUNCTIONS, "abs"}:
        return None
    return eval(latex.replace(" = ", " == "), {"__builtins__": {"abs": abs}, **FUNCTIONS})


def recorded(spec: ExperimentSpec, step: int = 1, entry: int = 0) -> Trace:
    """Step ``step`` of an entry with both backends."""
    run = Lockstep(spec, parity=False, budget=10**7)
    run.advance(step)
    before = run.before(step)
    own = [
        snapshot for lane, snapshot in zip(run.lanes, before.snapshots, strict=True) if lane.entry == entry
    ]  # diy's, torch's
    return trace_step(before.spec, entry, own[0], own[1] if len(own) > 1 else None, Batches(spec).rows(step))
