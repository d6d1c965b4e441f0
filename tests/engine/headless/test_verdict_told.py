"""What a pair was found to be, told: in report.json, on the terminal, in tables and on the page, by the exit status.

The verdicts are made by hand: what finds them is tested elsewhere.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main
from engine.parity.pair import Pair
from engine.protocol import Distance, Drift, Instability, Mismatch, NotFinite, PairParity
from engine.trace.verdicts import Verdicts
from tests.drawing import in_turn
from tests.engine.experiments import layer, optimizer, random_data, raw_article
from tests.engine.headless.test_compare import rows_of
from tests.engine.headless.test_run import report_in, saved
from tests.engine.report.test_report import Page

pytestmark = pytest.mark.usefixtures("no_pictures")
INF = float("inf")
TWO = raw_article(optimizers=[optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.1)], dtype="float64")
FOUND: dict[str, dict[str, Any]] = {
    "lockstep": {},
    "drift": {"verdict": "lockstep", "drift": Drift(1120, 1e-4, "steady")},
    "differs": {"mismatch": Mismatch(3, "layer1.backward", "layer1.weight.grad", (1, 2), 0.25, -0.5)},
    "unstable": {"unstable": Instability(4, "layer1.activation", "layer1.a", (0, 1), INF, 6e-8)},
    "not_finite": {"not_finite": NotFinite(5, "loss", "loss", (), ("diy", "torch"))},
}
TOLD = {
    "lockstep": "in lockstep, max |Δ| 3.0e-08 (2 ULP)",
    "drift": "in lockstep, rounding drift up to 1.0e-04 since step 1,120, growing steadily",
    "differs": "differs at step 3, stage layer1.backward, layer1.weight.grad[1, 2]: DIY 0.25, torch -0.5",
    "unstable": "unstable at step 4, stage layer1.activation, layer1.a[0, 1]: right in exact arithmetic, but comes to "
    "NaN or infinity where torch does not; torch's error 6.0e-08",
    "not_finite": "not finite from step 5 on, in DIY and torch at once: stage loss, loss",
}
KINDS = list(FOUND)

Judge = Callable[..., None]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Decide what each entry's pair is found to be; those that are not named are in lockstep."""

    def decide(*kinds: str) -> None:
        def parity(pair: Pair) -> PairParity:
            kind = kinds[pair.entry] if pair.entry < len(kinds) else "lockstep"
            apart = Distance(3e-8, 6e-8, 6.0, "layer1.weight", (0, 2), 2.0)
            label = pair.spec.labels[pair.entry]
            return PairParity(label, apart, apart, apart, None, 3e-8, **{"verdict": kind} | FOUND[kind], judged=2)

        monkeypatch.setattr(Pair, "parity", parity)

    return decide


def run(raw: dict[str, Any], folder: Path, command: str = "run", steps: str = "--steps") -> tuple[int, Path]:
    out = folder / "out"
    return main.main([command, str(saved(raw, folder)), steps, "5", "--out", str(out)]), out


# --- run -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_report_names_the_verdict_and_where_it_was_come_to(
    kind: str, judged: Judge, tmp_path: Path, capsys: Any
) -> None:
    judged(kind)
    status, out = run(raw_article(dtype="float64"), tmp_path)
    report = report_in(out)
    (pair,) = report["parity"]
    verdict = FOUND[kind].get("verdict", kind)
    assert (status, report["verdict"], pair["verdict"]) == (int(verdict != "lockstep"), verdict, verdict)
    assert list(pair) == [
        *("label", "max_abs", "verdict", "first_divergence", "drift", "not_finite", "unstable", "named")
    ]
    field = {"differs": "first_divergence"}.get(kind, kind)
    assert [key for key in list(pair)[3:] if pair[key] is not None] == [field] * (kind != "lockstep")
    assert capsys.readouterr().out.splitlines()[-1] == f"SGD: {TOLD[kind]}"


def test_the_fields_of_every_verdict_are_those_of_the_contract(judged: Judge, tmp_path: Path) -> None:
    entries = [optimizer("SGD", lr=0.1) for _ in KINDS]
    judged(*KINDS)
    _, out = run(raw_article(optimizers=entries, dtype="float64"), tmp_path)
    _, drift, differs, unstable, not_finite = report_in(out)["parity"]
    assert drift["drift"] == {"since": 1120, "max_abs": 1e-4, "growth": "steady"}
    place = {"stage": "layer1.backward", "tensor": "layer1.weight.grad", "index": [1, 2]}
    assert differs["first_divergence"] == {"step": 3, **place, "diy": 0.25, "torch": -0.5}
    place = {"stage": "layer1.activation", "tensor": "layer1.a", "index": [0, 1]}
    assert unstable["unstable"] == {"step": 4, **place, "diy_error": "Infinity", "torch_error": 6e-8}
    place = {"stage": "loss", "tensor": "loss", "index": []}
    assert not_finite["not_finite"] == {"step": 5, **place, "sides": ["diy", "torch"]}


WORST = [
    ("lockstep", "drift", "lockstep"),
    ("drift", "not_finite", "not_finite"),
    ("unstable", "not_finite", "unstable"),
    ("unstable", "differs", "differs"),
    ("differs", "lockstep", "differs"),
]


@pytest.mark.parametrize(("first", "second", "worst", "command"), in_turn(WORST, ["run", "compare"]))
def test_the_worst_of_the_pairs_decides(
    first: str, second: str, worst: str, command: str, judged: Judge, tmp_path: Path, capsys: Any
) -> None:
    judged(first, second)
    status, out = run(TWO, tmp_path, command)
    assert status == int(worst != "lockstep")
    assert capsys.readouterr().out.splitlines()[-2:] == [f"SGD: {TOLD[first]}", f"Adam: {TOLD[second]}"]
    if command == "run":
        assert report_in(out)["verdict"] == worst


def test_a_float32_number_is_told_in_no_more_digits_than_it_has(judged: Judge, tmp_path: Path, capsys: Any) -> None:
    judged("differs")
    place = FOUND["differs"]["mismatch"]._replace(diy=0.10000000149011612)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FOUND, "differs", {"mismatch": place})
        run(raw_article(), tmp_path)
    assert capsys.readouterr().out.endswith("DIY 0.1, torch -0.5\n")


# --- compare -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "brief", "in_words"),
    [
        ("lockstep", "lockstep", "in lockstep"),
        ("drift", "drift", "rounding drift"),
        ("differs", "differs", "differs"),
        ("unstable", "unstable", "unstable"),
        ("not_finite", "not finite", "not finite"),
    ],
)
def test_the_table_and_the_page_of_a_comparison_have_it(
    kind: str, brief: str, in_words: str, judged: Judge, tmp_path: Path, capsys: Any
) -> None:
    judged(kind)
    _, out = run(raw_article(dtype="float64"), tmp_path, "compare")
    assert re.search(rf"^SGD/diy .* {brief} +3e", capsys.readouterr().out, re.MULTILINE)
    verdict = FOUND[kind].get("verdict", kind)
    assert [row["parity"] for row in rows_of(out / "table.csv")] == [verdict, verdict]
    page = Page((out / "report.html").read_text(encoding="utf-8"))
    assert page.table["SGD/diy"]["Parity"] == (in_words, verdict)
    (told,) = (text for text in page.texts["li"] if text.startswith("SGD: "))
    assert told.replace("−", "-").startswith(f"SGD: {TOLD[kind]}.")
    assert ("Last judged at step 2" in told) == (verdict == "lockstep")
    assert ('class="differs"' in page.html) == (verdict != "lockstep")


# --- trace ---------------------------------------------------------------------------------------


@pytest.fixture
def value_judged(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    """Decide what each value is found to be, by its name; all others are within rounding."""

    def decide(verdicts: dict[str, str]) -> None:
        monkeypatch.setattr(Verdicts, "verdict", lambda _, name: verdicts.get(name, "rounding"))
        monkeypatch.setattr(Verdicts, "of_stage", lambda *_: (None, "rounding"))

    return decide


def trace(raw: dict[str, Any], folder: Path) -> tuple[int, dict[str, Any]]:
    status, out = run(raw, folder, "trace", "--step")
    return status, json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("verdict", ["differs", "unstable", "not_finite"])
def test_a_traced_step_tells_its_first_wrong_value(
    verdict: str, judged: Judge, value_judged: Any, tmp_path: Path, capsys: Any
) -> None:
    judged()
    value_judged({"layer1.a": verdict, "layer1.weight": "differs"})
    status, told = trace(raw_article(dtype="float64"), tmp_path)
    assert (status, told["verdict"]) == (1, verdict)
    lines = capsys.readouterr().out.splitlines()
    brief = verdict.replace("_", " ")
    assert re.match(rf"SGD: {brief} at step 5, stage layer1.activation, layer1.a\[0, \d\]: DIY .*, torch ", lines[-1])
    (row,) = (line for line in lines if " layer1.a[" in line and line.startswith("  layer1.activation"))
    assert row.endswith(f"  {brief}")
    assert (row.split()[-3 - len(brief.split()) + 1] == "–") == (verdict == "not_finite"), "NaN is not 0 from NaN"


def test_rounding_and_what_is_alone_end_with_0(judged: Judge, value_judged: Any, tmp_path: Path) -> None:
    judged()
    value_judged({"layer1.a": "equal"})
    status, told = trace(raw_article(), tmp_path)
    assert (status, told["verdict"]) == (0, "lockstep")


def test_a_pair_that_was_wrong_before_the_step_is_told_too(
    judged: Judge, value_judged: Any, tmp_path: Path, capsys: Any
) -> None:
    judged("lockstep", "unstable")
    value_judged({})
    status, told = trace(TWO, tmp_path)
    assert (status, told["verdict"]) == (1, "unstable")
    assert capsys.readouterr().out.splitlines()[-1] == f"Adam: {TOLD['unstable']}"


def test_every_stage_is_printed_once(judged: Judge, value_judged: Any, tmp_path: Path, capsys: Any) -> None:
    judged()
    value_judged({})
    raw = raw_article(
        data=random_data(3, 2, 5, "mse", 0),
        network={"layers": [layer(4), layer(3), layer(2)]},
        optimizers=[
            {
                "name": "Adam",
                "clip": {"norm": 0.1},
                "schedule": {"name": "StepLR", "params": {"step_size": 2}},
            }
        ],
    )
    trace(raw, tmp_path)
    lines = capsys.readouterr().out.splitlines()[2:-1]
    stages = [line.split()[0] for line in lines if not line.startswith("   ")]
    assert len(stages) == len(set(stages)) > 10
    assert {"schedule", "clip", "loss", "layer3.update"} <= set(stages)


def test_no_count_of_ulps_that_says_nothing(judged: Judge, value_judged: Any, tmp_path: Path, capsys: Any) -> None:
    judged()
    value_judged({})
    with pytest.MonkeyPatch.context() as patch:
        far = Distance(1e-30, INF, 5e17, "", (), 5e17)  # beside 0
        patch.setattr(
            "engine.headless.trace.distance", lambda diy, _, name: far._replace(tensor=name, index=(0,) * diy.ndim)
        )
        trace(raw_article(), tmp_path)
    told = capsys.readouterr().out
    assert "1.0e-30    –  rounding" in told
    assert not re.search(r"\d{9}", told)
