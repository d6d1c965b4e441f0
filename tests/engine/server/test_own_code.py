"""Own code in the engine's run: agreed to, settled beside it, watched, and checked as it is typed."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import engine.settled.checker
from engine.protocol import (
    Change,
    Changed,
    CheckCode,
    CodeChecked,
    CodeRefused,
    CodeStopped,
    CodeUse,
    CurveRequest,
    Diagnosed,
    Frame,
    FrameRequest,
    JobFailed,
    Load,
    Loaded,
    MainPlane,
    MakeReport,
    MakeScript,
    RaceRequest,
    Refused,
    Report,
    Run,
    RunWritten,
    Script,
    Seek,
    SetCode,
    SetParams,
    StartDiagnosis,
    StartSurface,
    StartSweep,
    Stopped,
    SurfacePart,
    SweepAxis,
    SweepPart,
    SweepPlan,
    Traced,
    TraceStep,
    WriteRun,
)  # fmt: skip
from engine.spec import check
from tests.drawing import sample
from tests.engine.server.test_server import Window, losses_of, serving
from tests.own.experiments import LONE, RIGHT, WRONG, raw_with, raw_with_activation, text_of
from tests.own.test_activations_in_experiments import GELU
from tests.programs import FORKED, forkserver

ADAM = (WRONG / "adam_no_correction_of_m.py").read_text(encoding="utf-8")
USE = CodeUse("own.py", "optimizer", "Adam")
LATE = "N = 0\n\n\ndef sgd(w, g, lr=0.1):\n    global N\n    N += 1\n    if N > 200:\n"
LATE += "        raise ValueError('not yet')\n    return w - lr * g\n"


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    if FORKED:
        forking = SimpleNamespace(
            get_context=lambda _: forkserver(), current_process=engine.settled.checker.multiprocessing.current_process
        )
        monkeypatch.setattr(engine.settled.checker, "multiprocessing", forking)
    with serving() as window:
        yield window


def test_code_that_was_agreed_to_runs_is_named_and_what_ends_a_step_loses_nothing(window: Window) -> None:
    window.send(Load(1, check(raw_with(ADAM, "Adam")), agreed=True), Run(1, 5))
    loaded: Loaded = window.next(Loaded)
    (found,) = loaded.code
    assert (found.use.code, found.verdict, found.line) == ("own.py", "mistake", 9)
    assert found.headline.startswith("mistake: does not correct the bias of m")
    assert [(one.line, one.name, one.own == one.reference) for one in found.beside] == [
        (6, "m[0, 0]", True), (7, "v[0, 0]", True), (9, "weight[0, 0]", False)
    ]  # fmt: skip
    assert window.stopped().step == 5  # what was sent meanwhile was kept
    window.send(Load(2, check(raw_with(LATE, "SGD", layers=LONE)), agreed=True), Run(2, 300))
    stopped: CodeStopped = window.next(CodeStopped)
    assert (stopped.at.step, stopped.line, stopped.files) == (201, 8, ("own.py",))
    assert "ValueError: not yet" in stopped.at.detail
    assert window.frame(2).step == 200
    window.send(Load(3, check(raw_with("def sgd(w, g:\n", "SGD")), agreed=True))
    (fault,) = window.next(Refused).faults
    assert (fault.path, fault.code) == (("optimizers", 0, "code"), "code_unusable")


def test_of_code_that_is_typed_the_newest_is_judged_whatever_was_before(window: Window) -> None:
    endless = "def adam(w, g, lr=0.1):\n    while True:\n        pass\n"
    window.send(CheckCode(1, endless, USE), CheckCode(2, ADAM, USE))
    checked: CodeChecked = window.next(CodeChecked)
    assert (checked.job, checked.text, checked.verdict.verdict) == (2, ADAM, "mistake")
    assert "to make it torch's, use `m / (1 - beta1**t)`" in checked.verdict.words


def test_a_wrong_line_has_its_own_numbers_and_torchs_beside_it(window: Window) -> None:
    text = (WRONG / "adam_eps_inside_root.py").read_text(encoding="utf-8")
    window.send(CheckCode(1, text, USE))
    checked: CodeChecked = window.next(CodeChecked)
    (wrong,) = [one for one in checked.verdict.beside if one.own != one.reference]
    assert (wrong.line, wrong.name) == (14, "denominator[0, 0]")
    v_hat, eps = float(wrong.reference) ** 2, 1e-8  # torch adds eps to the root
    assert float(wrong.own) == pytest.approx((v_hat + eps) ** 0.5, rel=1e-3)
    assert "m_hat[0, 0]" in [one.name for one in checked.verdict.beside]


@pytest.mark.parametrize(
    "file", sample(["textbook_adamw", "config_adam", "class_step_list", "moments_t_out", "globals_momentum"], 2)
)
def test_other_code_goes_on_from_a_step_with_all_that_was_remembered(file: str, window: Window) -> None:
    text = text_of(RIGHT, file)
    name = {"textbook_adamw": "AdamW", "class_step_list": "SGD", "globals_momentum": "SGD"}.get(file, "Adam")
    raw = raw_with(text, name, layers=LONE)
    other = check(raw | {"code": {"own.py": {"text": text + "\n# the same, in another file\n"}}})
    whole = CurveRequest(10**6)
    window.send(Load(1, check(raw), agreed=True), Run(1, 30))
    window.next(Loaded)
    window.stopped()
    losses = losses_of(window.frame(curves=whole))
    window.send(Seek(1, 12), SetCode(1, other), Run(1, 18))
    change = window.next(Changed).change
    assert other.code is not None
    assert (change.step, change.code) == (12, (("own.py", other.code["own.py"].text),))
    frame = window.frame_when(lambda frame: frame.step == 30 and not frame.running, curves=whole)
    assert losses_of(frame) == losses
    (branch,) = frame.branches
    assert (branch.start, branch.end) == (12, 30)
    window.send(Seek(1, 5), Seek(1, 30))
    again = window.frame_when(lambda frame: frame.step == 30, curves=whole)
    assert losses_of(again) == losses


@pytest.mark.parametrize(("file", "name"), [("textbook_adamw", "AdamW"), ("class_step_list", "SGD")])
def test_a_run_that_went_on_with_other_code_is_taken_up_with_all_of_it(
    window: Window, file: str, name: str, tmp_path: Path
) -> None:
    text, whole = text_of(RIGHT, file), CurveRequest(10**6)
    spec, other = (check(raw_with(one, name, layers=LONE)) for one in (text, text + "\n# the same, in another file\n"))
    window.send(Load(1, spec, agreed=True), Run(1, 30))
    window.next(Loaded)
    window.stopped()
    window.send(Seek(1, 12), SetCode(1, other), Run(1, 18))
    window.next(Changed)
    frame = window.frame_when(lambda frame: frame.step == 30 and not frame.running, curves=whole)
    kept = str(tmp_path / "run.lockstep")
    window.send(WriteRun(1, 1, kept))
    assert window.next(RunWritten).wrong is None
    window.send(Load(2, spec, agreed=True, past=kept))
    taken = window.next(Loaded).taken_up
    assert (taken.step, taken.newest, taken.again) == (30, 30, 30)
    assert [change.step for change in taken.changes] == [12]
    window.send(FrameRequest(2, whole, None))
    again = window.next(Frame)
    assert (again.step, losses_of(again), again.branches) == (30, losses_of(frame), frame.branches)


def test_a_run_stops_at_a_line_of_own_code(window: Window) -> None:
    line = ADAM.split("\n").index("    return w - lr * m / (np.sqrt(v_hat) + eps), m, v") + 1
    stops = [{"kind": "line", "file": "own.py", "line": line}]
    window.send(Load(1, check(raw_with(ADAM, "Adam", breakpoints=stops)), agreed=True), Run(1, 5))
    stopped = window.next(Stopped)
    window.send(TraceStep(1, stopped.entry, stopped.step))
    traced = window.next(Traced)
    at = traced.lines[stopped.event]
    assert at.line == line
    assert traced.sources[traced.functions[traced.calls[at.call].function].source].file == "own.py"


SIGNED = "import numpy as np\n\n\ndef signed(w, g, lr=0.1):\n    return w - lr * np.sign(g)\n"
PLAN = SweepPlan(0, (SweepAxis(("lr",), (0.001, 0.01, 0.1)),), (), 5)


def test_own_entries_are_raced_branched_swept_drawn_and_reported_as_others(window: Window) -> None:
    entries = [{"name": "Adam", "code": "adam.py"}, {"name": None, "code": "signed.py"}, {"name": "SGD"}]
    raw = raw_with_activation(GELU, "gelu", optimizers=entries)
    raw["code"] |= {"adam.py": {"text": ADAM}, "signed.py": {"text": SIGNED}}
    spec = check(raw)
    window.send(Load(1, spec, agreed=True), Run(1, 10))
    window.stopped()
    window.send(Seek(1, 4))
    window.frame_when(lambda frame: frame.step == 4)
    window.send(SetParams(1, 1, {"lr": 0.3}), Run(1, 6))
    window.frame_when(lambda frame: frame.step == 10 and not frame.running)
    window.send(FrameRequest(1, None, None, RaceRequest(200, target=1e-9, branches=True)))
    race = window.next(Frame).race
    assert race is not None
    assert [len(curve.losses) for curve in race.curves] == [10] * 5
    assert [np.isnan(row.state_bytes) for row in race.rows] == [True, False, True, False, False]
    (branch,) = race.branches
    assert (branch.branch.entry, branch.branch.end) == (1, 10)
    window.send(StartSweep(1, spec, PLAN))
    swept = finished(window, SweepPart)
    assert np.isfinite(swept.losses).all()
    assert len(np.unique(swept.losses)) == 3
    window.send(StartSurface(1, 2, MainPlane(), resolution=5))
    assert np.isfinite(finished(window, SurfacePart).values).all()
    window.send(StartDiagnosis(1, 3))
    assert isinstance(window.next(Diagnosed, JobFailed), Diagnosed)
    window.send(MakeReport(1, 4, {}, (), sweep=swept, sweep_spec=spec))
    page = window.next(Report, JobFailed)
    assert isinstance(page, Report)
    assert all(words in page.html for words in ("signed", "gelu [own.py]", "adam.py"))
    window.send(MakeScript(1, 5, 0, "diy"))
    written = window.next(Script, JobFailed)
    assert isinstance(written, Script), written
    assert "def adam(" in written.text or "adam" in written.text


def finished(window: Window, kind: type) -> Any:
    part = window.next(kind, JobFailed)
    while isinstance(part, kind) and part.state == "running":
        part = window.next(kind, JobFailed)
    assert isinstance(part, kind), part
    return part


SIGN = (WRONG / "activation_sign.py").read_text(encoding="utf-8")
MENDED = SIGN.replace("self.out**2 - 1", "1 - self.out**2")
TANH = """import numpy as np


def tanh(z):
    N[0] += 1
    return np.tanh(z)


def d_tanh(z):
    return 1 - np.tanh(z) ** 2
"""
SLOPE = """import numpy as np


def leaky_relu(z):
    return np.where(z > 0, z, 0.01 * z)


def d_leaky_relu(z):
    return np.where(z > 0, 1.0, 0.01)
"""


def test_a_network_goes_on_with_mended_code_and_each_step_shows_what_ran(window: Window) -> None:
    raw = raw_with_activation(SIGN, "tanh")
    other = check(raw | {"code": {"own.py": {"text": MENDED}}})
    window.send(Load(1, check(raw), agreed=True), Run(1, 20))
    window.next(Loaded)
    window.stopped()
    frame = window.frame_when(lambda frame: frame.pairs[0].verdict == "differs")
    assert frame.pairs[0].mismatch is not None
    assert frame.pairs[0].mismatch.stage == "layer1.backward"
    window.send(Seek(1, 5), SetCode(1, other), Run(1, 15))
    assert window.next(Changed).change == Change(5, 0, {}, (("own.py", MENDED),))
    whole = CurveRequest(10**6)
    frame = window.frame_when(lambda frame: frame.step == 20 and frame.pairs[0].judged > 12, curves=whole)
    (pair,) = frame.pairs
    assert (pair.verdict, pair.since) == ("lockstep", 5)
    assert pair.before is not None
    (branch,) = frame.branches
    assert (branch.start, branch.end) == (5, 20)
    for step, text in ((5, SIGN), (6, MENDED), (3, SIGN), (20, MENDED)):
        window.send(TraceStep(1, 0, step))
        traced = window.next(Traced)
        assert [source.text for source in traced.sources if source.file == "own.py"] == [text]
        wrong = [stage.name for stage in traced.stages if stage.verdict == "differs"]
        assert wrong[:1] == (["layer1.backward"] if text == SIGN else [])
    losses = losses_of(frame)
    window.send(Seek(1, 2), Seek(1, 20))
    assert losses_of(window.frame_when(lambda frame: frame.step == 20, curves=whole)) == losses


@pytest.mark.parametrize(
    ("text", "other", "code"),
    [
        (MENDED, "import numpy as np\n\n\ndef tanh(z):\n    return np.tanh(z[1:])\n", "code_unusable"),
        ("N = [0]\n" + TANH, "M = [0]\n" + TANH.replace("N[", "M["), "code_lacks_name"),
        (SLOPE, SLOPE.replace("0.01", "0.2"), "code_other_numbers"),
    ],
)
def test_code_that_cannot_go_on_is_refused_and_the_run_stands_where_it_stood(
    text: str, other: str, code: str, window: Window
) -> None:
    raw = raw_with_activation(text, "leaky_relu" if text == SLOPE else "tanh")
    window.send(Load(1, check(raw), agreed=True), Run(1, 12))
    window.next(Loaded)
    window.stopped()
    losses = losses_of(window.frame(curves=CurveRequest(10**6)))
    window.send(Seek(1, 5), SetCode(1, check(raw | {"code": {"own.py": {"text": other}}})), Run(1, 20))
    (fault,) = window.next(CodeRefused).faults
    assert fault.code == code
    frame = window.frame_when(lambda frame: frame.step == 5)
    assert (frame.newest, frame.branches) == (12, ())
    window.send(Seek(1, 12))
    assert losses_of(window.frame_when(lambda frame: frame.step == 12, curves=CurveRequest(10**6))) == losses


def test_other_numbers_of_an_optimizers_code_are_torchs_too_from_then_on(window: Window) -> None:
    text = (WRONG / "adam_no_correction_of_v.py").read_text(encoding="utf-8")
    right = text.replace("np.sqrt(v)", "np.sqrt(v / (1 - b2**t))")
    raw, whole = raw_with(right, "Adam"), CurveRequest(10**6)
    other = check(raw | {"code": {"own.py": {"text": right.replace("b1=0.9", "b1=0.5")}}})
    window.send(Load(1, check(raw), agreed=True), Run(1, 12))
    window.next(Loaded)
    window.stopped()
    window.send(Seek(1, 5), SetCode(1, other), Run(1, 15))
    window.next(Changed)
    frame = window.frame_when(lambda frame: frame.step == 20 and frame.pairs[0].judged > 12, curves=whole)
    assert (frame.pairs[0].verdict, frame.pairs[0].before) == ("lockstep", None)
    window.send(Seek(1, 3), Seek(1, 20))
    again = window.frame_when(lambda frame: frame.step == 20, curves=whole)
    assert losses_of(again) == losses_of(frame)
    window.send(SetCode(1, other), Run(1, 2))  # it runs that very code
    assert window.next(CodeRefused).faults == ()
    assert window.frame_when(lambda frame: frame.step == 22).branches == frame.branches
