"""Frames with the network's picture, as the engine answers what a view asks: of DIY's lanes, which take no torch."""

from typing import Any

from engine.pace import Pace
from engine.protocol import Frame, FrameRequest, LearnedRequest, PictureRequest
from engine.run.lockstep import Lockstep
from engine.server.frames import Frames
from engine.spec import ExperimentSpec, check

LAYERS = [{"units": 3, "activation": "tanh"}, {"units": 2}]
SGD = {"name": "SGD", "params": {"lr": 0.5}, "backends": ["diy"]}
WEIGHTS = {
    "layer1.weight": [[1.0, -1.0], [0.5, 0.25], [-0.125, 0.0]],
    "layer1.bias": [0.5, -0.5, 0.0],
    "layer2.weight": [[1.0, 0.5, -0.5], [-1.0, 0.25, 0.75]],
    "layer2.bias": [0.0, 0.125],
}


def network_spec(layers: list[dict[str, Any]] | None = None, **parts: Any) -> ExperimentSpec:
    """A network of two inputs, three units and two outputs with given weights; or another, with drawn ones."""
    raw: dict[str, Any] = {
        "schema": 1,
        "data": {"x": [[0.5, -1.0], [2.0, 0.25]], "y": [[1.0, 0.0], [0.0, 3.0]]},
        "network": {"layers": layers or LAYERS},
        "start": {"weights": WEIGHTS},
        "dtype": "float64",
        "optimizers": [SGD],
    }
    return check(raw | parts)


class PictureEngine:
    """Answers a view's requests for frames of a run, as the engine's process would."""

    def __init__(self, spec: ExperimentSpec):
        self.run = Lockstep(spec, budget=10_000_000)
        self._frames = Frames(self.run)

    def frame(self, request: PictureRequest | None, learned: LearnedRequest | None = None) -> Frame:
        return self._frames.answer(FrameRequest(1, None, None, None, request, learned), Pace())
