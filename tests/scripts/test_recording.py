"""A script's run as it is stepped through: what each line made beside torch's, long runs, and a run that is stopped."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import engine.scripts.recording
import engine.server.verify_job
from engine.protocol import Line, Recording, StartVerify, Traced, Value, Verified
from engine.scripts.kept import Kept, Memory
from engine.scripts.recording import Recorder
from engine.server.verify_job import VerifyJob
from tests.programs import forkserver
from tests.scripts.conftest import changed

ENDLESS = """import numpy as np
import torch
w = torch.tensor([1.5, -2.25, 0.3], requires_grad=True)
(w**3).sum().backward()
dw = 3 * w.detach().numpy() ** 2
while True:
    w_np = w.detach().numpy() + 1
"""


def value(traced: Traced, line: Line, name: str) -> Value:
    return traced.values[next(made.value for made in line.made if made.name == name)]


def finished(job: VerifyJob) -> Verified:
    return next(part for part in job if part is not None and part.state == "finished")


def test_each_line_has_what_it_made_beside_torch(tmp_path: Path) -> None:
    from engine.server.verify_job import verified

    file = changed("article.py", {"dL_da = 2 * (a": "dL_da = (a"}, tmp_path)
    found = verified(StartVerify(1, str(file)), lambda _: None)
    recording = found.recording
    assert recording is not None
    assert recording.gaps == {}
    traced = recording.traced
    made = {one.name: (line, value(traced, line, one.name)) for line in traced.lines for one in line.made}
    line, departed = made["dL_da"]
    assert (departed.verdict, departed.twin, line.line) == ("departs", "output.grad", 39)
    assert departed.twin_first == pytest.approx([2 * one for one in departed.first])
    assert (made["a"][1].verdict, made["z"][1].verdict, made["output"][1].verdict) == ("rounding", "unpaired", None)
    assert made["output"][1].twin_first
    assert not made["output"][1].first
    number = next(one.value for one in line.made)
    arrays = recording.arrays[number]
    assert arrays.own is not None
    assert arrays.torch is not None
    np.testing.assert_allclose(arrays.torch, 2 * arrays.own)
    assert found.record is not None
    places = [None if at is None else traced.lines[at].line for at in recording.pair_events]
    assert places == [pair["line"] for pair in found.record["pairs"]]
    inside = next(call for call in traced.calls if traced.functions[call.function].name == "sigmoid")
    assert [argument.name for argument in inside.arguments] == ["z"]
    assert inside.caller is not None
    assert traced.lines[inside.caller].line == 36


def recorded(turns: int) -> Recording:
    """A loop of two lines, the second in a function; ``x`` is made in the fourth turn alone."""
    memory, recorder = Memory(), Recorder("f.py", "a\nb\nc\n")
    module = recorder.call("<module>", 1, 1)
    for turn in range(turns):
        first = recorder.line(module, 1)
        if turn == 3:
            recorder.made(first, kept(memory, "x", np.array([1.0, 2.0])))
        called = recorder.line(recorder.call("f", 3, 3), 3)
        recorder.made(called, kept(memory, "i", float(turn)))
    recorder.line(module, 2)
    return recorder.recording({}, [])


def kept(memory: Memory, name: str, what: object) -> Kept:
    found = memory.keep(name, what, 1)
    assert found is not None
    return found


def test_of_a_loop_the_first_and_the_last_turns_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.scripts.recording, "FIRST", 2)
    monkeypatch.setattr(engine.scripts.recording, "LAST", 3)
    recording = recorded(20)
    traced = recording.traced
    assert recording.gaps == {4: 2 * (20 - 5)}
    assert [line.line for line in traced.lines] == [1, 3, 1, 3, 1, 1, 3, 1, 3, 1, 3, 2]
    assert [made.name for made in traced.lines[4].made] == ["x"]  # of all lines that are left out
    turns = [traced.values[made.value].first for line in traced.lines if line.line == 3 for made in line.made]
    assert turns == [(0.0,), (1.0,), (17.0,), (18.0,), (19.0,)]
    for at, line in enumerate(traced.lines):
        caller = traced.calls[line.call].caller
        assert caller is None if line.line != 3 else caller == at - 1
    assert recorded(5).gaps == {}


@pytest.fixture
def endless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VerifyJob]:
    forking = SimpleNamespace(get_context=lambda _: forkserver(), current_process=lambda: SimpleNamespace())
    monkeypatch.setattr(engine.server.verify_job, "multiprocessing", forking)
    file = tmp_path / "endless.py"
    file.write_text(ENDLESS, encoding="utf-8")
    job = VerifyJob(StartVerify(1, str(file)))
    yield job
    job.close()


def test_a_script_without_an_end_tells_where_it_is_and_what_ran_is_judged(endless: VerifyJob) -> None:
    part = next(part for part in endless if part is not None and part.line is not None)
    assert part.text is not None
    assert part.text.text == ENDLESS
    assert part.line in (6, 7)
    endless.stop()
    found = finished(endless)
    assert found.record is not None
    assert found.stopped in (6, 7)
    assert [pair["own"] for pair in found.record["pairs"]] == ["dw"]
    assert found.recording is not None


def test_nothing_runs_where_the_text_alone_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "touching.py"
    file.write_text(f"import torch\nopen({os.fspath(tmp_path / 'made')!r}, 'w')\n", encoding="utf-8")
    found = finished(VerifyJob(StartVerify(1, str(file), run=False)))
    assert found.text is not None
    assert found.record is None
    assert not (tmp_path / "made").exists()
    missing = finished(VerifyJob(StartVerify(1, str(tmp_path / "none.py"), run=False)))
    assert missing.record is not None
    assert missing.record["verdict"] == "unusable"
