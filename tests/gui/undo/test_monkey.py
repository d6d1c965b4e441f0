"""Whatever somebody has done at random is undone to the very beginning, and made again to the very end."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.gui.undo.monkey import Monkey, texts
from tests.gui.windows import Desk, Person, save_experiment

ACTS = 40
RICH: dict[str, Any] = {
    "network": {
        "layers": [
            {"units": 3, "activation": {"name": "leaky_relu", "params": {"negative_slope": 0.2}}, "bias": True},
            {"kind": "LayerNorm", "params": {"eps": 1e-05}, "activation": "identity"},
            {
                "kind": "Residual",
                "layers": [
                    {"units": 3, "activation": "tanh", "bias": True, "init": {"name": "xavier_uniform_", "params": {}}}
                ],
            },
            {"units": 1, "activation": "identity", "bias": True},
        ],
        "loss": "mse",
    },
    "start": {"seed": 3},
    "optimizers": [
        {
            "name": "SGD",
            "params": {"lr": 0.1},
            "backends": ["diy"],
            "groups": [{"match": "*.bias", "params": {"lr": 1.0}}],
        },
        {"name": "Adam", "params": {"betas": [0.8, 0.9]}, "backends": ["diy"], "clip": {"norm": 1.0}},
        {
            "name": "SGD",
            "params": {"lr": 0.2, "momentum": 0.5},
            "backends": ["diy"],
            "label": "slow",
            "schedule": {"name": "StepLR", "params": {"step_size": 3}},
        },
    ],
    "breakpoints": [{"kind": "condition", "quantity": "loss", "lane": "slow/diy", "op": "rises", "value": 3}],
}


def seen(person: Person) -> tuple[dict[str, Any], dict[str, str]]:
    return json.loads(json.dumps(person.window.form.raw(), default=str)), texts(person)


def differing(one: tuple[dict[str, Any], dict[str, str]], other: tuple[dict[str, Any], dict[str, str]]) -> list[Any]:
    """What differs: parts of the experiment, and texts of fields that are to be seen both times."""
    parts = [(name, part, other[0][name]) for name, part in one[0].items() if part != other[0][name]]
    both = one[1].keys() & other[1].keys()
    return [*parts, *((name, one[1][name], other[1][name]) for name in sorted(both) if one[1][name] != other[1][name])]


def turn_all(person: Person, action: str) -> int:
    """Undo, or make again, as long as there is something to."""
    turned = getattr(person.window.actions_, action)
    count = 0
    while turned.isEnabled():
        turned.trigger()
        count += 1
    return count


@pytest.mark.parametrize("seed", range(3))
def test_all_is_undone_and_made_again(desk: Desk, tmp_path: Path, seed: int) -> None:
    person = desk.start(file=save_experiment(tmp_path / "rich.json", **RICH))
    first, monkey = seen(person), Monkey(person, seed)
    for _ in range(ACTS):
        monkey.act()
    last = seen(person)
    count = turn_all(person, "undo")
    assert count > ACTS // 4
    assert differing(first, seen(person)) == []
    assert turn_all(person, "redo") == count
    assert differing(last, seen(person)) == []
