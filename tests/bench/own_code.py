"""What a person's own code costs in the place of the textbook's optimizer: the form that it is written in, that is.

In the textbook's form it is the textbook's own file, so that all of the difference is Lockstep's; in the others it is
the same rule as people write it. A run is begun anew several times; of its first steps all that the code is given and
makes is kept for the judge, which is shown beside. The processor's time is compared, not the clock's. Only a network
whose step is not all calls is bounded: one of 16 weights is shown beside.
"""

import gc
import sys
from collections.abc import Iterator
from math import inf
from pathlib import Path
from statistics import median
from subprocess import run
from time import thread_time
from typing import Any, NamedTuple

import numpy as np

import engine.diy.optimizers.adam as adam
from engine.backends import make_lane
from engine.backends.start import initial_weights
from engine.lane.batches import Batches
from engine.lane.own_code import Bound, OwnEntry, bind
from engine.lane.update_history import MOST_STEPS
from engine.own.trust import trust
from engine.spec import check
from tests.bench import Figure, bench
from tests.bench.engine_speed import ARTICLE_DATA, ARTICLE_NETWORK, DEEP_DATA, DEEP_NETWORK

TEXTBOOK_BOUND, FORM_BOUND = 1.1, 1.5
VERDICT_BOUND = 1.0  # seconds
RUNS = 5
FORMS = {
    "textbook": Path(adam.__file__)
    .read_text(encoding="utf-8")
    .replace("from .hyper", f"from {adam.__package__}.hyper"),
    "config dict": """import numpy as np


def adam(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)
    config["t"] += 1
    config["m"] = config["beta1"] * config["m"] + (1 - config["beta1"]) * dw
    config["v"] = config["beta2"] * config["v"] + (1 - config["beta2"]) * dw * dw
    m = config["m"] / (1 - config["beta1"] ** config["t"])
    v = config["v"] / (1 - config["beta2"] ** config["t"])
    return w - config["learning_rate"] * m / (np.sqrt(v) + config["epsilon"]), config
""",
    "state": """import numpy as np


def adam(w, g, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0) + (1 - beta1) * g
    v = beta2 * state.get("v", 0) + (1 - beta2) * g * g
    step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w - lr * step, {"t": t, "m": m, "v": v}
""",
    "class": """import numpy as np


class Adam:
    def __init__(self, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.m = self.v = None
        self.t = 0

    def update(self, params, grads):
        if self.m is None:
            self.m = {key: np.zeros_like(value) for key, value in params.items()}
            self.v = {key: np.zeros_like(value) for key, value in params.items()}
        self.t += 1
        for key in params:
            self.m[key] = self.beta1 * self.m[key] + (1 - self.beta1) * grads[key]
            self.v[key] = self.beta2 * self.v[key] + (1 - self.beta2) * grads[key] * grads[key]
            m = self.m[key] / (1 - self.beta1**self.t)
            v = self.v[key] / (1 - self.beta2**self.t)
            params[key] -= self.lr * m / (np.sqrt(v) + self.eps)
""",
}
_numbers = np.random.default_rng(1)
DIGITS_DATA = {"x": _numbers.random((512, 784)).tolist(), "y": _numbers.random((512, 10)).tolist()}
DIGITS_NETWORK = {"layers": [{"units": 256, "activation": "relu"}, {"units": 10}], "loss": "mse"}


class Size(NamedTuple):
    """Hold a network to train: so many ``turns`` a run, of so many ``steps`` each."""

    title: str
    data: dict[str, Any]
    network: dict[str, Any]
    steps: int
    turns: int
    batch: int | None = None
    bounded: bool = True


SIZES = (
    Size("article", ARTICLE_DATA, ARTICLE_NETWORK, 128, 16, bounded=False),
    Size("2-64-64-1, batch 100", DEEP_DATA, DEEP_NETWORK, 64, 32),
    Size("784-256-10, batch 128", DIGITS_DATA, DIGITS_NETWORK, 8, 12, 128),
)


class Side:
    """A DIY lane, of own code in a form or of the textbook."""

    def __init__(self, size: Size, form: str | None):
        entry: dict[str, Any] = {"name": "Adam"}
        raw = {"schema": 1, "data": size.data, "network": size.network, "optimizers": [entry]}
        if size.batch is not None:
            raw["batch"] = {"size": size.batch, "shuffle": True}
        if form is not None:
            trust(FORMS[form])
            entry["code"], raw["code"] = "own.py", {"own.py": {"text": FORMS[form]}}
        spec = check(raw)
        if form is not None:
            names = [one.name for one in OwnEntry(spec, spec.optimizers[0]).found.settings]
            rates = {name: "lr" for name in names if name in ("lr", "learning_rate")}
            bind(spec, spec.optimizers[0], Bound(rates))
        self._lane, self._batches, self._step = make_lane(spec, 0, "diy", initial_weights(spec)), Batches(spec), 0

    def take(self, steps: int) -> float:
        """Take steps and return the processor's seconds that each took."""
        rows = [self._batches.rows(self._step + number) for number in range(1, steps + 1)]
        self._step += steps
        with np.errstate(all="ignore"):
            began = thread_time()
            for some in rows:
                self._lane.step(some)
            return (thread_time() - began) / steps


@bench("own-code")
def own_code() -> Iterator[Figure]:
    """An optimizer's own code beside the textbook's of the same rule."""
    for size in SIZES:
        times = _times(size)
        plain = times[None]
        for form in FORMS:
            bound = TEXTBOOK_BOUND if form == "textbook" else FORM_BOUND
            ratios = [own / textbook for own, textbook in zip(times[form], plain, strict=True)]
            kept = [one for place, one in enumerate(ratios) if place % size.turns * size.steps < MOST_STEPS]
            detail = f"{median(times[form]) * 1e6:.0f} to {median(plain) * 1e6:.0f} µs of the processor; "
            detail += f"while all is kept {median(kept):.3g}"
            name = f"{size.title}, Adam: own code, {form} / the textbook's"
            yield Figure(name, median(ratios), bound if size.bounded else inf, detail)


def _times(size: Size) -> dict[str | None, list[float]]:
    """Return each side's seconds a step, turn by turn; None is the textbook's."""
    times: dict[str | None, list[float]] = {form: [] for form in (None, *FORMS)}
    for _ in range(RUNS):
        sides = {form: Side(size, form) for form in times}
        gc.collect()
        gc.disable()
        try:
            for _ in range(size.turns):
                for form, side in sides.items():
                    times[form].append(side.take(size.steps))
        finally:
            gc.enable()
    return times


@bench("own-code-verdict")
def first_verdict() -> Iterator[Figure]:
    """What ``verify`` takes for an optimizer once torch is loaded, the start of the code's own process included."""
    folder = Path(__file__).parents[1] / "own"
    for file in ("right/textbook_adamw.py", "wrong/adam_no_correction_of_m.py"):
        command = [sys.executable, "-m", f"{__package__}.first_verdict", str(folder / file)]
        found = [float(run(command, capture_output=True, check=True, text=True).stdout) for _ in range(RUNS)]
        yield Figure(f"verify {file}: verdict after torch is loaded", median(found), VERDICT_BOUND, "seconds of CPU")
