"""Makes the bug hunts: known departures planted into code, each checked before anybody hunts it.

    python -m resources.make_hunts

Writes ``resources/hunts/hunts.json``. A departure is taken if it changes a single line, the run's loss falls all the
same for a hundred steps, the judge sees it, and ``verify`` gives it its own name at that line.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from csv import DictReader
from itertools import pairwise
from pathlib import Path
from typing import Any

from engine.own.session import Wanted
from engine.spec.textbook_copy import copy_of
from engine.variants import Variant, variants_of
from engine.verify.asked import Asked
from engine.verify.record import Record
from engine.verify.verify import verify_file
from gui.learn.exercises.rungs import Rung, rungs
from gui.learn.hunt.hunts import FILE, Bug

RESOURCES = Path(__file__).parent
MAIN = RESOURCES.parent / "main.py"
STEPS, STRIDE = 100, 10
OPTIMIZERS = ("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "NAdam")
SIGNS = ("any.ascent", "loss.sign", "activation.sign")
FACTORS = (
    "activation.missing", "loss.factor_2_missing", "sigmoid.factor_missing", "leaky.slope_missing", "elu.alpha_missing",
)  # fmt: skip
SUBTLE = ("eps", "decay", "unbiased", "momentum", "correction")
MOST_OF_ONE_ID = 2
PAIRS = (("activation", "optimizer"), ("loss", "optimizer"), ("layer", "optimizer"), ("activation", "loss"))
MOONS = {"maker": "moons"}


def candidates() -> Iterator[Bug]:
    """Yield what may be planted: wrong lines of the exercises, and single edits of the textbook's optimizers."""
    wrong = json.loads((RESOURCES.parent / "tests/gui/learn/wrong_answers.json").read_text(encoding="utf-8"))
    for rung in rungs():
        if rung.is_apart:
            continue  # it does not run in an experiment
        for answer in wrong[rung.key]:
            yield from _bug(rung.file, rung.kind, rung.against, rung.solution, _written(rung, answer["lines"]))
    for name in OPTIMIZERS:
        whole = copy_of("optimizer", name)
        for variant in variants_of("optimizer", name):
            if not (variant.change.wraps or variant.shows.needs or len(variant.change.edits) != 1):
                params = {one: _on(one) for one in variant.shows.on if _on(one) is not None}
                if len(params) == len(variant.shows.on):
                    yield from _bug(f"my_{name.lower()}.py", "optimizer", name, whole, _edited(whole, variant), params)


def _on(name: str) -> Any:
    return {"momentum": 0.9, "weight_decay": 0.01, "nesterov": None}.get(name)


def _written(rung: Rung, lines: Iterable[str]) -> str:
    text = rung.text.splitlines()
    for number, line in zip(rung.holes, lines, strict=True):
        text[number - 1] = text[number - 1][: -len(text[number - 1].lstrip())] + line
    return "\n".join(text) + "\n"


def _edited(whole: str, variant: Variant) -> str:
    old, new = variant.change.edits[0]
    return whole.replace(old, new) if whole.count(old) == 1 else whole


def _bug(
    name: str, kind: str, against: str, right: str, text: str, params: dict[str, Any] | None = None
) -> Iterator[Bug]:
    """Yield the bug, if it is one line, and known by its name there."""
    pairs = list(zip(right.splitlines(), text.splitlines(), strict=False))
    changed = [number for number, pair in enumerate(pairs, 1) if pair[0] != pair[1]]
    if len(changed) != 1 or len(right.splitlines()) != len(text.splitlines()):
        return
    record = _judged(name, kind, against, text, params or {})
    named = record.named
    if named is not None and len(named.ids) == 1 and named.line == changed[0]:
        said = (named.does, named.torch_does, named.edit)  # several departures of a name differ in these
        yield Bug(name, kind, against, text, changed[0], named.id, *said, params or {})


def _judged(name: str, kind: str, against: str, text: str, params: dict[str, Any]) -> Record:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_text(text, encoding="utf-8")
        return verify_file(file, Wanted(None, kind), Asked(against, params), apart=False)


# --- the experiments ------------------------------------------------------------------------------


def experiment(bugs: Iterable[Bug]) -> dict[str, Any]:
    """Return an experiment that learns something, with the code in its places."""
    x = [[round(0.37 * ((7 * row + 3 * col) % 11) - 1.7, 2) for col in range(3)] for row in range(12)]
    y = [[round(0.6 * one[0] * one[1] - 0.4 * one[2], 3), round(0.5 * one[1] + 0.3 * one[2] ** 2, 3)] for one in x]
    first: dict[str, Any] = {"units": 6, "activation": "tanh"}
    raw: dict[str, Any] = {
        "schema": 1, "title": "", "data": {"x": x, "y": y},
        "network": {"layers": [first, {"units": 2}], "loss": "mse"}, "start": {"seed": 3}, "dtype": "float64",
        "optimizers": [{"name": "SGD", "params": {"lr": 0.02}}],
    }  # fmt: skip
    for bug in bugs:
        _place(bug, raw)
    return raw


def _place(bug: Bug, raw: dict[str, Any]) -> None:
    code, layers = {"name": bug.against, "code": bug.name}, raw["network"]["layers"]
    if bug.kind == "optimizer":
        raw["optimizers"] = [code | ({"params": bug.params} if bug.params else {})]
    elif bug.kind == "activation":
        layers[0]["activation"] = code
    elif bug.kind == "loss":
        raw["network"]["loss"] = code
        _fit_targets(bug.against, raw)
    elif bug.against == "linear":
        layers[0]["code"] = bug.name
    elif bug.against == "Embedding":
        raw["data"]["x"] = [[row % 5, (3 * row + 1) % 5] for row in range(12)]
        words = {"num_embeddings": 5, "embedding_dim": 3}
        layers[:1] = [{"kind": "Embedding", "params": words, "code": bug.name}, {"kind": "Flatten"}]
    else:
        layers.insert(1, {"kind": bug.against, "code": bug.name})


def _fit_targets(loss: str, raw: dict[str, Any]) -> None:
    """Give a loss the targets and outputs that it is of."""
    y = raw["data"]["y"]
    if loss in ("cross_entropy", "nll"):
        raw["data"]["y"] = [int(one[0] > one[1]) for one in y]
    elif loss in ("bce", "binary_cross_entropy"):
        raw["data"]["y"] = [[float(one[0] > 0), float(one[1] > 0.5)] for one in y]
    elif loss == "kl_div":
        raw["data"]["y"] = [[0.8, 0.2] if one[0] > one[1] else [0.3, 0.7] for one in y]
    last = raw["network"]["layers"][-1]
    last["activation"] = {"binary_cross_entropy": "sigmoid", "kl_div": "log_softmax", "nll": "log_softmax"}.get(
        loss, "identity"
    )


def run_main(*arguments: str) -> int:
    """Run the program, and return its exit status."""
    return subprocess.run([sys.executable, str(MAIN), *arguments], check=False).returncode


def is_huntable(bugs: tuple[Bug, ...], run: Callable[..., int] = run_main) -> bool:
    """Train for a hundred steps: the judge sees the bugs, and the loss falls all the same.

    ``run`` takes the program's arguments and returns its exit status.
    """
    raw = experiment(bugs) | {"code": {bug.name: {"text": bug.text} for bug in bugs}}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "hunt.json")
        file.write_text(json.dumps(raw), encoding="utf-8")
        command = ("run", str(file), "--steps", str(STEPS), "--trust", "--quiet", "--out", f"{folder}/out")
        if run(*command) != 1:
            return False
        report = json.loads(Path(folder, "out/report.json").read_text(encoding="utf-8"))
        with Path(folder, "out/losses.csv").open(encoding="utf-8", newline="") as table:
            rows = list(DictReader(table))
    name = next(name for name in rows[0] if name.endswith("/diy"))
    losses = [float(row[name]) for row in rows]
    means = [sum(losses[at : at + STRIDE]) / STRIDE for at in range(0, STEPS, STRIDE)]
    is_falling = all(later < earlier for earlier, later in pairwise(means))
    return report["verdict"] == "differs" and is_falling and losses[-1] < 0.98 * losses[0]


def level_of(bug: Bug) -> int:
    """Return how hard a bug is to find, from 1: a sign, or a factor left out, to 5: what hardly shows."""
    if bug.kind == "optimizer":
        return 5 if any(word in bug.id for word in SUBTLE) else 4
    if bug.id in (*SIGNS, *FACTORS):
        return 1
    return 3 if bug.kind == "layer" else 2


def written(key: str, level: int, bugs: tuple[Bug, ...]) -> dict[str, Any]:
    """Return a hunt as the file has it."""
    return {"key": key, "level": level, "experiment": experiment(bugs), "bugs": [bug._asdict() for bug in bugs]}


def main() -> None:
    """Check all candidates, and some pairs of what passed."""
    found: list[Bug] = []
    for bug in candidates():
        others = [one for one in found if (one.id, one.against) == (bug.id, bug.against)]
        if len(others) < MOST_OF_ONE_ID and bug.text not in [one.text for one in others] and is_huntable((bug,)):
            found.append(bug)
            print(f"{level_of(bug)} {bug.name}: {bug.id}, line {bug.line}", flush=True)
    hunts = [written(f"{bug.name[:-3]}-{number}", level_of(bug), (bug,)) for number, bug in enumerate(found)]
    for number, pair in enumerate(_pairs(found)):
        if is_huntable(pair):
            print(f"6 {' and '.join(bug.id for bug in pair)}", flush=True)
            hunts.append(written(f"two-{number}", 6, pair))
    write(hunts)


def write(hunts: list[dict[str, Any]]) -> None:
    """Write the file, the easy ones first."""
    ordered = sorted(hunts, key=lambda hunt: (hunt["level"], hunt["key"]))
    FILE.parent.mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(hunt, ensure_ascii=False) for hunt in ordered)
    FILE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _pairs(found: list[Bug]) -> Iterator[tuple[Bug, ...]]:
    """Yield pairs of different places, each bug in few of them."""
    for kinds in PAIRS:
        ones, others = ([bug for bug in found if bug.kind == kind] for kind in kinds)
        yield from ((one, others[3 * number % len(others)]) for number, one in enumerate(ones[::3]) if others)


if __name__ == "__main__":
    main()
