"""Experiments with a person's code in them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import main
from engine.own.trust import trust
from engine.run.lockstep import Lockstep
from engine.spec import check

RIGHT, WRONG = (Path(__file__).parent / folder for folder in ("right", "wrong"))
DATA = {"x": [[1, 2, 3], [0.5, -1, 2], [3, 1, 0], [-1, 0, 1]], "y": [[1, 2], [0, 1], [2, 2], [1, 0]]}
LAYERS = [{"units": 5, "activation": "tanh"}, {"units": 2}]
STEPS = 8  # each more costs: what own code remembers is judged along all before it
LONE = [{"units": 2, "bias": False}]  # one weight: what takes many steps takes a quarter of the time


def raw_with(text: str, name: str | None, params: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """An experiment whose one optimizer is own code of this text, beside torch's of the name."""
    entry = {"name": name, "code": "own.py", "params": dict(params or {}), **more.pop("entry", {})}
    network = {"layers": more.pop("layers", LAYERS)}
    raw = {"schema": 1, "data": DATA, "network": network, "optimizers": [entry], "code": {"own.py": {"text": text}}}
    return raw | more


def raw_beside(text: str, other: str, **more: Any) -> dict[str, Any]:
    """An experiment whose one optimizer is own code of this text, beside own code of the other."""
    raw = raw_with(text, None, entry={"reference": "other.py", **more.pop("entry", {})}, **more)
    return raw | {"code": {"own.py": {"text": text}, "other.py": {"text": other}}}


def trusted_run(raw: Mapping[str, Any], **options: Any) -> Lockstep:
    """A run of an experiment whose code is agreed to be run."""
    for one in raw["code"].values():
        trust(one["text"])
    return Lockstep(check(dict(raw)), **options)


def saved(raw: Mapping[str, Any], folder: Path) -> Path:
    file = folder / "experiment.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    return file


def raw_with_activation(text: str, name: str, **more: Any) -> dict[str, Any]:
    """An experiment whose first layer's activation is own code of this text, beside torch's of the name."""
    activation = {"name": name, "code": "own.py", **more.pop("activation", {})}
    return _with_network(text, {"layers": [{"units": 5, "activation": activation}, {"units": 2}]}) | more


def raw_with_loss(text: str, name: str, **more: Any) -> dict[str, Any]:
    """An experiment whose loss is own code of this text, beside torch's of the name, with targets that it takes."""
    loss = {"name": name, "code": "own.py", **more.pop("loss", {})}
    y = {"cross_entropy": [0, 1, 1, 0], "bce": [[0, 1], [1, 0.25], [0.5, 0], [1, 1]]}.get(name, DATA["y"])
    return _with_network(text, {"layers": LAYERS, "loss": loss}, {**DATA, "y": y}) | more


def raw_with_layers(text: str, units: Sequence[int] = (5, 2), **more: Any) -> dict[str, Any]:
    """An experiment all of whose layers are own code of this text."""
    layer = {"activation": "tanh", "code": "own.py", **more.pop("layer", {})}
    layers = [{"units": count, **layer} for count in units]
    return _with_network(text, {"layers": layers}) | more


def _with_network(text: str, network: Mapping[str, Any], data: Mapping[str, Any] = DATA) -> dict[str, Any]:
    raw = {"schema": 1, "data": data, "network": network, "optimizers": [{"name": "Adam"}]}
    return raw | {"code": {"own.py": {"text": text}}}


def run(raw: dict[str, Any], folder: Path, *, steps: int = STEPS, trust: bool = True) -> tuple[int, dict[str, Any]]:
    """The command's exit status, and its report where it wrote one."""
    out = folder / "out"
    command = ["run", str(saved(raw, folder)), "--steps", str(steps), "--out", str(out)]
    status = main.main([*command, *["--trust"][: int(trust)]])
    report = out / "report.json"
    return status, json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}


def text_of(folder: Path, file: str) -> str:
    return (folder / f"{file}.py").read_text(encoding="utf-8")
