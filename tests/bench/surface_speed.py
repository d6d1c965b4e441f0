"""A loss surface against a plain Python loop of torch's forward passes over the same points."""

import os
from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np
import torch
from torch import nn

from engine.lockstep import Lockstep
from engine.protocol import RandomPlane, StartSurface, SurfacePart
from engine.spec import ExperimentSpec, check
from engine.surface import Placed, surface_job
from tests.bench import Figure, bench, interleaved, ratio

SURFACE_BOUND, FIRST_BOUND = 20.0, 0.1
SIDE, ROWS, ROUNDS = 101, 500, 7
SHARE = 1000  # of the points that the slow loop takes: it is the same at all of them


def experiment() -> ExperimentSpec:
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, (ROWS, 2))
    raw = {
        "schema": 1,
        "data": {"x": x.tolist(), "y": (x[:, :1] * x[:, 1:]).tolist()},
        "network": {
            "layers": [{"units": 16, "activation": "tanh"}, {"units": 16, "activation": "tanh"}, {"units": 1}],
            "loss": "mse",
        },
        "optimizers": [{"name": "SGD", "backends": ["diy"]}],
    }
    return check(raw)


def torch_forwards(spec: ExperimentSpec, where: Placed, places: np.ndarray) -> Callable[[int], list[float]]:
    """Set the parameters, go forward, take the loss down: the quickest plain way, with no gradients and no threads."""
    model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))
    loss_of, parameters = nn.MSELoss(), list(model.parameters())
    x, y = torch.tensor(spec.data.x), torch.tensor(spec.data.y)
    origin, first, second = (torch.tensor(part, dtype=torch.float32) for part in where[:3])
    sizes = [parameter.numel() for parameter in parameters]
    torch.set_num_threads(1)

    def run(_: int) -> list[float]:
        losses: list[float] = []
        with torch.no_grad():
            for across, up in places.tolist():
                weights = origin + across * first + up * second
                for parameter, part in zip(parameters, weights.split(sizes), strict=True):
                    parameter.copy_(part.view_as(parameter))
                losses.append(loss_of(model(x), y).item())
        return losses

    return run


class Surface:
    """The whole job, its plane and its coarse passes included; ``firsts``: when the first picture came, each time."""

    def __init__(self, run: Lockstep):
        self._run = run
        self.firsts: list[float] = []
        self.part: SurfacePart | None = None

    def __call__(self, _: int) -> None:
        began, first = perf_counter(), None
        for part in surface_job(self._run, StartSurface(1, 1, RandomPlane(1), resolution=SIDE)):
            if part is not None:
                first = first or perf_counter() - began
                self.part = part
        assert first is not None
        self.firsts.append(first / (perf_counter() - began))


@bench("surface")
def surface() -> Iterator[Figure]:
    run = Lockstep(experiment())
    ours = Surface(run)
    ours(1)
    assert ours.part is not None
    assert run.surface is not None
    y, x = np.meshgrid(ours.part.y, ours.part.x, indexing="ij")
    some = np.random.default_rng(0).permutation(SIDE * SIDE)[:SHARE]
    theirs = torch_forwards(run.spec, run.surface[1], np.stack((x.ravel(), y.ravel()), axis=1)[some])
    np.testing.assert_allclose(ours.part.values.ravel()[some], theirs(1), rtol=1e-4)
    times = interleaved({"ours": ours, "torch": theirs}, 1, ROUNDS)
    whole = SIDE * SIDE / SHARE
    value = whole * ratio(times, "torch", ("ours",))
    detail = f"{min(times['torch']) * whole * 1e3:.0f} ms → {min(times['ours']) * 1e3:.0f} ms on {os.cpu_count()} cores"
    yield Figure(f"2-16-16-1, {ROWS} rows, {SIDE}×{SIDE}: torch's loop / surface", value, SURFACE_BOUND, detail, True)
    yield Figure("the same: first picture / whole surface", float(np.median(ours.firsts)), FIRST_BOUND)
