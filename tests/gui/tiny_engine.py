"""The engine of most tests of the whole window. Nothing of Qt is imported here, or an engine would load it too."""

from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any

from engine.spec import check

TINY: dict[str, Any] = {  # an experiment that takes no torch: one lane, and no seed to draw weights from
    "schema": 1,
    "title": "Tiny",
    "data": {"x": [[1, 2], [3, 4]], "y": [[1], [2]]},
    "network": {"layers": [{"units": 1, "activation": "sigmoid", "bias": False}], "loss": "mse"},
    "start": {"weights": {"layer1.weight": [[0.1, -0.2]]}},
    "dtype": "float64",
    "optimizers": [{"name": "SGD", "params": {"lr": 0.1}, "backends": ["diy"]}],
}
LANE = "SGD/diy"


def diy_engine(connection: Connection) -> None:
    """The engine itself without torch, which takes seconds to load: it begins runs of DIY lanes only."""
    from engine.server import server

    lockstep = server.Lockstep
    server.torch_facts = lambda: ("none", ("cpu",))
    server.warm_up = lambda: None
    server.Lockstep = lambda spec, **kinds: lockstep(check(TINY) if "torch" in spec.to_json() else spec, **kinds)
    server.serve(connection)


def held_engine(gate: Event, connection: Connection) -> None:
    """The same, but it warms up until the gate is opened."""
    gate.wait()
    diy_engine(connection)
