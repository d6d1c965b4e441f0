"""Experiments with a person's code in them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RIGHT, WRONG = (Path(__file__).parent / folder for folder in ("right", "wrong"))
DATA = {"x": [[1, 2, 3], [0.5, -1, 2], [3, 1, 0], [-1, 0, 1]], "y": [[1, 2], [0, 1], [2, 2], [1, 0]]}
LAYERS = [{"units": 5, "activation": "tanh"}, {"units": 2}]


def raw_with(text: str, name: str | None, params: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """An experiment whose one optimizer is own code of this text, beside torch's of the name."""
    entry = {"name": name, "code": "own.py", "params": dict(params or {}), **more.pop("entry", {})}
    network = {"layers": more.pop("layers", LAYERS)}
    raw = {"schema": 1, "data": DATA, "network": network, "optimizers": [entry], "code": {"own.py": {"text": text}}}
    return raw | more


def saved(raw: Mapping[str, Any], folder: Path) -> Path:
    file = folder / "experiment.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    return file
