"""256 learning rates of Adam at once beside 256 loops of torch one after another, and whether both say the same."""

from collections.abc import Callable, Iterator

import numpy as np
import torch

from engine.protocol import StartSweep, SweepAxis, SweepPart, SweepPlan
from engine.run.lockstep import Lockstep
from engine.spec import ExperimentSpec, check, with_value
from engine.sweep import sweep_job
from tests.bench import Figure, bench, interleaved, ratio
from tests.bench.bare_loops import torch_loop
from tests.bench.engine_speed import ARTICLE_DATA, ARTICLE_NETWORK, article_model

FASTER, RATES, STEPS, ROUNDS = 300, 256, 500, 5
LOOPS = 8  # of the 256 that are measured: all would take a minute, and one takes as long as another
COMPARED = 16  # single runs that the sweep is held against
RTOL = {"float32": 1e-6, "float64": 1e-12}
LRS = np.geomspace(1e-4, 1, RATES).tolist()


def article(dtype: str) -> ExperimentSpec:
    optimizer = {"name": "Adam", "backends": ["diy"]}
    raw = {"schema": 1, "data": ARTICLE_DATA, "network": ARTICLE_NETWORK, "dtype": dtype, "optimizers": [optimizer]}
    return check(raw)


def swept(spec: ExperimentSpec) -> SweepPart:
    """All of it, from the checks to the end, as the window and the command have it."""
    plan = SweepPlan(0, (SweepAxis(("lr",), tuple(LRS), log=True),), (), STEPS)
    parts = [part for part in sweep_job(StartSweep(1, spec, plan)) if isinstance(part, SweepPart)]
    return parts[-1]


def torch_loops() -> Callable[[int], object]:
    def run(_: int) -> None:
        for lr in LRS[:: RATES // LOOPS]:
            model = article_model()
            adam = torch.optim.Adam(model.parameters(), lr=lr)
            torch_loop(model, adam, ARTICLE_DATA["x"], ARTICLE_DATA["y"])(STEPS)

    return run


def farthest(dtype: str) -> float:
    """The largest relative distance of a final loss from that of a run by itself."""
    spec = article(dtype)
    found = swept(spec).losses
    distances = []
    for number in range(0, RATES, RATES // COMPARED):
        entry = with_value(spec.optimizers[0], ("lr",), LRS[number])
        run = Lockstep(spec.model_copy(update={"optimizers": (entry,)}))
        run.advance(STEPS + 1)  # the loss of a step is that before its update
        distances.append(abs(found[number, 0, 0] / run.losses[0] - 1))
    return float(max(distances))


@bench("sweep")
def sweep() -> Iterator[Figure]:
    spec = article("float32")
    times = interleaved({"sweep": lambda _: swept(spec), "torch": torch_loops()}, STEPS, ROUNDS)
    times["torch"] = [seconds * RATES / LOOPS for seconds in times["torch"]]
    detail = f"{min(times['sweep']) * 1e6:.0f} µs a step to {min(times['torch']) * 1e3:.0f} ms (of {LOOPS} loops, × 32)"
    value = ratio(times, "torch", ("sweep",))
    yield Figure("256 rates of Adam, 500 steps: bare torch loops / sweep", value, FASTER, detail, at_least=True)
    for dtype, bound in RTOL.items():
        detail = f"{COMPARED} of {RATES} final losses"
        yield Figure(f"the same: distance from single runs, {dtype}", farthest(dtype), bound, detail)
