"""A loss surface against a plain Python loop of torch's forward passes over the same points."""

import os
from collections.abc import Iterator
from time import perf_counter

import numpy as np
import torch
from torch import nn

from engine.protocol import RandomPlane, StartSurface, SurfacePart
from engine.run.lockstep import Lockstep
from engine.server.malloc import keep_freed_memory
from engine.spec import ExperimentSpec, check
from engine.surface import PlacedPlane, surface_job
from tests.bench import Figure, bench, interleaved, ratio

SURFACE_BOUND, FIRST_BOUND = 20.0, 0.1
SIDE, ROWS, ROUNDS = 101, 500, 15
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


class TorchForwards:
    """Set the parameters, go forward, take the loss down; no gradients, one thread. ``run`` sets each parameter by
    itself, as the paper's code does; ``run_flat`` takes them from one vector, which is the least that a loop can do.
    """

    def __init__(self, spec: ExperimentSpec, where: PlacedPlane, places: np.ndarray):
        self._model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))
        self._parameters = list(self._model.parameters())
        self._x, self._y = torch.tensor(spec.data.x), torch.tensor(spec.data.y)
        self._loss_of = nn.MSELoss()
        self._flat = [torch.tensor(part, dtype=torch.float32) for part in where[:3]]
        self._parts = [self._split(vector) for vector in self._flat]
        self._places = places.tolist()
        torch.set_num_threads(1)

    def _split(self, vector: torch.Tensor) -> list[torch.Tensor]:
        sizes = [parameter.numel() for parameter in self._parameters]
        parts = zip(self._parameters, vector.split(sizes), strict=True)
        return [part.view_as(parameter) for parameter, part in parts]

    @torch.no_grad()
    def run(self, _: int) -> list[float]:
        losses: list[float] = []
        for across, up in self._places:
            for parameter, origin, first, second in zip(self._parameters, *self._parts, strict=True):
                parameter.copy_(origin + across * first + up * second)
            losses.append(self._loss_of(self._model(self._x), self._y).item())
        return losses

    @torch.no_grad()
    def run_flat(self, _: int) -> list[float]:
        losses: list[float] = []
        origin, first, second = self._flat
        for across, up in self._places:
            weights = self._split(origin + across * first + up * second)
            for parameter, part in zip(self._parameters, weights, strict=True):
                parameter.copy_(part)
            losses.append(self._loss_of(self._model(self._x), self._y).item())
        return losses


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
    keep_freed_memory()  # as in the engine's process
    run = Lockstep(experiment())
    ours = Surface(run)
    ours(1)
    assert ours.part is not None
    assert run.surface is not None
    y, x = np.meshgrid(ours.part.y, ours.part.x, indexing="ij")
    some = np.random.default_rng(0).permutation(SIDE * SIDE)[:SHARE]
    theirs = TorchForwards(run.spec, run.surface[1], np.stack((x.ravel(), y.ravel()), axis=1)[some])
    np.testing.assert_allclose(ours.part.values.ravel()[some], theirs.run(1), rtol=1e-4)
    times = interleaved({"ours": ours, "torch": theirs.run, "flat": theirs.run_flat}, 1, ROUNDS)
    whole = SIDE * SIDE / SHARE
    value, least = (whole * ratio(times, side, ("ours",)) for side in ("torch", "flat"))
    detail = f"{min(times['torch']) * whole * 1e3:.0f} ms to {min(times['ours']) * 1e3:.0f} ms; "
    detail += f"all parameters from one vector: {least:.1f}; {os.cpu_count()} cores"
    yield Figure(f"2-16-16-1, {ROWS} rows, {SIDE}×{SIDE}: torch's loop / surface", value, SURFACE_BOUND, detail, True)
    yield Figure("the same: first picture / whole surface", float(np.median(ours.firsts)), FIRST_BOUND)
