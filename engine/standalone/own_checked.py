"""A script with a person's code in it is tried before it is handed out: its losses are the lane's, or it is refused."""

import io
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout

import numpy as np

from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.lane.batches import Batches
from engine.own.unusable import Unusable
from engine.spec import ExperimentError, ExperimentSpec, Fault, parts_of

from .cells import Asked, Backend
from .own_form import NoForm

CHECKED = 200  # steps of the trial
WAYS: tuple[dict[str, bool], ...] = ({}, {"is_careful": True}, {"is_careful": True, "is_apart": True})


def has_own_code(spec: ExperimentSpec, entry: int, backend: Backend) -> bool:
    """Tell whether a script of a lane holds a person's code."""
    return backend == "diy" and (spec.optimizers[entry].code is not None or bool(parts_of(spec)))


def careful(asked: Asked, written: Callable[[Asked], str]) -> Asked:
    """Return what is asked for as it is to be written: with as little around own code as keeps the lane's losses.

    Raises ExperimentError where no way to call it does that.
    """
    path = ("optimizers", asked.place)
    short = asked._replace(steps=min(asked.steps, CHECKED))
    try:
        with _undisturbed():
            wanted = losses_of(short)
    except Unusable as error:
        raise ExperimentError([Fault(path, "code_unusable", {"detail": f"{error.words}{error.at}"})]) from None
    is_without_form = False
    for care in WAYS if len(parts_of(asked.spec)) > 1 else WAYS[:-1]:
        try:
            found = _printed(written(short._replace(**care)))
        except NoForm:
            is_without_form = True
            continue
        if np.array_equal(found, wanted, equal_nan=True):
            return asked._replace(**care)
    raise ExperimentError([Fault(path, "script_of_own_form" if is_without_form else "script_of_own_apart")])


def losses_of(asked: Asked) -> list[float]:
    """Return the losses of the entry's DIY lane."""
    lane, batches = make_lane(asked.spec, asked.place, "diy", initial_weights(asked.spec)), Batches(asked.spec)
    changes, losses = dict(asked.changes), list[float]()
    for step in range(1, asked.steps + 1):
        if step - 1 in changes:
            lane.set_params(changes[step - 1])
        losses.append(float(lane.step(batches.rows(step))))
    return losses


def _printed(script: str) -> Sequence[float]:
    """Return what a script prints; nothing where it fails."""
    told = io.StringIO()
    with _undisturbed(), redirect_stdout(told):
        np.random.seed()  # what draws without a seed of its own draws otherwise
        random.seed()
        try:
            exec(compile(script, "script.py", "exec"), {"__name__": "__main__"})
            return [float(line) for line in told.getvalue().split()]
        except (Exception, SystemExit):
            return ()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Leave the process as it was: generators, settings of NumPy's and torch's, modules."""
    drawn, state, modules = random.getstate(), np.random.get_state(), set(sys.modules)
    torch = sys.modules.get("torch")
    kept = None if torch is None else (torch.get_num_threads(), torch.get_rng_state(), torch.get_default_dtype())
    with np.errstate(all="ignore"):
        yield
    for name in set(sys.modules) - modules:
        if getattr(sys.modules[name], "__file__", None) is None:
            del sys.modules[name]
    if torch is not None and kept is not None:
        threads, drawn_of_torch, dtype = kept
        torch.set_num_threads(threads)
        torch.set_rng_state(drawn_of_torch)
        torch.set_default_dtype(dtype)
    random.setstate(drawn)
    np.random.set_state(state)
