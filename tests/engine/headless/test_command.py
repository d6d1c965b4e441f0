"""The headless command as a user meets it: what it refuses, in which words, and what it leaves when it is cut short."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import engine.headless.run
import main
from engine.headless import results
from tests.engine.experiments import assert_same, optimizer, raw_article
from tests.engine.headless.test_run import FILES, losses_in, report_in, run, saved, weights_in
from tests.programs import MAIN, PATIENCE, ROOT, Forked, run_python

WINDOWS = sys.platform == "win32"
ALONE = raw_article(optimizers=[{**optimizer("SGD", lr=0.1), "backends": ["diy"]}])  # which takes no torch optimizer


# --- bad input ---------------------------------------------------------------------------------


def complaints(capsys: Any, *arguments: str | Path) -> list[str]:
    """The lines on standard error of a command that is refused."""
    try:
        status = main.main(["run", *map(str, arguments)])
    except SystemExit as end:
        status = end.code
    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    return told.err.removesuffix("\n").split("\n")


def test_every_fault_is_a_line(tmp_path: Path, capsys: Any) -> None:
    file = saved({**raw_article(dtype="float16"), "\x1b[31m\nname\u202e": 1}, tmp_path)
    unknown, dtype = complaints(capsys, file, "--steps", 3)
    assert unknown == rf"{file}: \x1b[31m\nname\u202e is not a known field"
    assert dtype.startswith(f"{file}: dtype is not one of float32, float64")


@pytest.mark.parametrize("steps", ["0", "-1", "1e3", "1.0", "", "many", "٣", "9" * 5000])
def test_the_steps_must_be_a_whole_number(steps: str, tmp_path: Path, capsys: Any) -> None:
    (line,) = complaints(capsys, saved(raw_article(), tmp_path), "--steps", steps)
    assert "--steps" in line
    assert len(line) < 250


def test_more_losses_than_memory_holds_are_refused(tmp_path: Path, capsys: Any) -> None:
    (line,) = complaints(capsys, saved(raw_article(), tmp_path), "--steps", 10**14)
    assert "--steps would need about 4.8e+03 TB of memory" in line


def test_what_cannot_be_read_is_told(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "empty.json").touch()
    (tmp_path / "twice.json").write_text('{"schema": 1, "schema": 1}')
    for name, told in (
        ("missing.json", "cannot be read: No such file"),
        ("", "cannot be read: "),
        ("empty.json", "is not valid JSON"),
        ("twice.json", '"schema" stands twice in an object'),
    ):
        (line,) = complaints(capsys, tmp_path / name, "--steps", 3)
        assert told in line


@pytest.mark.skipif(WINDOWS, reason="needs named pipes")
def test_a_pipe_or_a_device_is_refused_instead_of_waited_for(tmp_path: Path, capsys: Any) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    for file in (tmp_path / "pipe.json", "/dev/zero"):
        assert complaints(capsys, file, "--steps", 3) == [
            f"{file}: the experiment cannot be read: not an ordinary file"
        ]


def test_a_place_that_cannot_be_written_is_told_before_the_training(tmp_path: Path, capsys: Any) -> None:
    file = saved(raw_article(), tmp_path)
    (tmp_path / "taken" / "weights.npz").mkdir(parents=True)
    for out in (file, file / "below", tmp_path / "taken"):
        (line,) = complaints(capsys, file, "--steps", 3, "--out", out)
        assert "--out cannot be written to: " in line


def test_a_device_that_is_not_there_is_bad_input(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.headless.run, "torch_facts", lambda: ("2", ("cpu",)))
    (line,) = complaints(capsys, saved(raw_article(device="cuda"), tmp_path), "--steps", 3)
    assert line.endswith("device is not available on this machine: cuda; available: cpu")


@pytest.mark.parametrize(
    ("path", "raw"),
    [
        ("data.x[0][1]", raw_article(data={"x": [[1, -1e39, 3, 4]], "y": [[3, 2, 4, 5]]})),
        ("data.y[0][0]", raw_article(data={"x": [[1, 2, 3, 4]], "y": [[1e39, 2, 4, 5]]})),
        ("start.weights.layer1.weight[1][0]", raw_article(start={"weights": {"layer1.weight": [[0] * 4, [4e38] * 4]}})),
        ("optimizers[0].params.lr", raw_article(optimizers=[optimizer("SGD", lr=1e39)])),
        ("optimizers[0].params.weight_decay", raw_article(optimizers=[optimizer("Adam", weight_decay=1e39)])),
        ("optimizers[0].params.etas[1]", raw_article(optimizers=[optimizer("Rprop", etas=[0.5, 1e39])])),
        ("optimizers[0].params.step_sizes[1]", raw_article(optimizers=[optimizer("Rprop", step_sizes=[0, 1e39])])),
        ("optimizers[0].params.lr", raw_article(optimizers=[optimizer("Adam", lr=1e38)])),
        ("optimizers[0].params.lr", raw_article(optimizers=[optimizer("AdamW", lr=1e36, betas=[0.9999, 0.9])])),
    ],
)
def test_a_number_beyond_float32_is_refused_where_it_stands(path: str, raw: Any, tmp_path: Path, capsys: Any) -> None:
    line = complaints(capsys, saved(raw, tmp_path), "--steps", 3)[0]
    assert f"{path} must be " in line
    assert "(float32)" in line
    if "start" not in raw:
        status, _ = run({**raw, "dtype": "float64"}, 3, tmp_path)
        assert status == 0


BAD_LABELS = ["=1+1", "+1", "-1", "@SUM(1)", " =1+1", "＝1+1", ".", "..", "..\\x", "a/b", "a\nb", "\x1b[31m", "\u202e"]


@pytest.mark.parametrize("label", BAD_LABELS)
def test_a_label_that_could_be_a_formula_or_a_way_out_of_an_archive_is_refused(
    label: str, tmp_path: Path, capsys: Any
) -> None:
    entries = [{"name": "SGD", "label": label}]
    (line,) = complaints(capsys, saved(raw_article(optimizers=entries), tmp_path), "--steps", 3)
    assert "optimizers[0].label may not hold" in line


# --- files that are whole ----------------------------------------------------------------------


def test_a_full_disk_leaves_the_earlier_files_as_they_were(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, out = run(raw_article(), 5, tmp_path)
    before = {name: (out / name).read_bytes() for name in FILES}

    def no_room(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(results, "_write_report", no_room)
    capsys.readouterr()
    status, _ = run(raw_article(), 9, tmp_path)
    assert status == 2
    assert capsys.readouterr().err.endswith(f"--out cannot be written to: No space left on device: {out}\n")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


# --- as its own process ------------------------------------------------------------------------


def start(*arguments: object) -> subprocess.Popen[bytes]:
    line = [sys.executable, "main.py", "run", *map(str, arguments)]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.skipif(WINDOWS, reason="needs POSIX signals")
def test_ctrl_c_writes_what_was_done_and_exits_130(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with start(saved(ALONE, tmp_path), "--steps", 10**6, "--out", out) as process:
        assert process.stdout is not None
        assert b"loss SGD/diy" in process.stdout.readline()
        assert process.stdout.readline().split()[0] == b"1"
        process.send_signal(signal.SIGINT)
        told, complaints = process.communicate(timeout=PATIENCE)
    done = report_in(out)["steps"]
    assert (process.returncode, complaints) == (130, b"")
    assert told.decode().endswith(f"interrupted after step {done} of 1000000\n")
    assert losses_in(out)["step"] == list(range(1, done + 1))
    assert sorted(path.name for path in out.iterdir()) == FILES
    interrupted = weights_in(out)
    _, again = run(ALONE, done, tmp_path)
    assert_same(weights_in(again), interrupted)


@pytest.mark.skipif(WINDOWS, reason="needs POSIX signals")
def test_ctrl_c_before_the_training_exits_130_without_a_word(tmp_path: Path) -> None:
    code = (
        "import os, signal, main, engine.spec; engine.spec.read = lambda *_, **_k: os.kill(os.getpid(), signal.SIGINT)"
    )
    done = run_python("-c", f"{code}; main.main(['run', 'x.json', '--steps', '3'])")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.skipif(WINDOWS, reason="needs POSIX signals")
@pytest.mark.parametrize("command", ["run", "compare", "sweep", "trace"])
def test_ctrl_c_at_the_first_module_that_is_looked_for_exits_130_without_a_word(command: str) -> None:
    code = (
        "import __future__, os, signal, sys",
        "sys.argv = ['main.py', *sys.argv[1:]]",
        "class Pressed:",
        "    def find_spec(*_): os.kill(os.getpid(), signal.SIGINT)",
        "sys.meta_path.insert(0, Pressed)",
        "exec(compile(open('main.py', encoding='utf-8').read(), 'main.py', 'exec'))",
    )
    done = run_python("-c", "\n".join(code), command)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.skipif(WINDOWS, reason="needs POSIX pipes")
def test_a_reader_that_leaves_ends_a_run_that_has_no_files_to_write(tmp_path: Path) -> None:
    with Forked(MAIN, "run", saved(ALONE, tmp_path), "--steps", str(10**7)) as program:
        assert program.stdout is not None
        program.stdout.close()
        complaints = program.stderr.read()
    assert (program.returncode, complaints) == (130, b"")


@pytest.mark.skipif(WINDOWS, reason="needs POSIX pipes")
def test_a_reader_that_leaves_does_not_end_a_run_that_has_files_to_write(tmp_path: Path) -> None:
    arguments = ("--steps", "2000", "--out", tmp_path / "out")
    with Forked(MAIN, "run", saved(ALONE, tmp_path), *arguments) as program:
        assert program.stdout is not None
        program.stdout.close()
        complaints = program.stderr.read()
    assert (program.returncode, complaints) == (0, b"")
    assert report_in(tmp_path / "out")["steps"] == 2000


def test_a_narrow_encoding_and_no_width_hide_no_numbers(tmp_path: Path) -> None:
    raw = raw_article(optimizers=[{"name": "SGD", "label": "学習 :smile:"}])
    surroundings = {"COLUMNS": "0", "FORCE_COLOR": "1", "TTY_COMPATIBLE": "1"}
    code = "import sys; sys.stdout.reconfigure(encoding='ascii'); " + MAIN  # as PYTHONIOENCODING has it from the start
    with Forked(code, "run", saved(raw, tmp_path), "--steps", "2", environ=surroundings) as program:
        assert program.stdout is not None
        told, complaints = program.stdout.read().decode("ascii"), program.stderr.read()
    assert (program.returncode, complaints) == (0, b"")
    header, *rows, verdict = told.splitlines()
    assert "max |?| ?? :smile:" in header
    assert [row.split()[0] for row in rows[:3]] == ["1", "2", "final"]
    assert verdict.startswith("?? :smile:: in lockstep")
    assert "\x1b" not in told


@pytest.mark.skipif(WINDOWS, reason="needs a pseudo terminal")
def test_a_progress_bar_is_shown_on_a_terminal(tmp_path: Path) -> None:
    told = on_a_terminal("run", saved(ALONE, tmp_path), "--steps", 300)
    assert "━" in told
    assert "300/300" in told


def on_a_terminal(*arguments: object) -> str:
    """What a command that succeeds writes on a terminal."""
    import pty

    ours, theirs = pty.openpty()
    surroundings = {"TERM": "xterm-256color", "COLUMNS": "200"}
    with Forked(MAIN, *map(str, arguments), stdout=theirs, environ=surroundings) as program:
        told = b"".join(iter(lambda: _read(ours), b""))
        assert program.stderr.read() == b""
    os.close(ours)
    assert program.returncode == 0
    return told.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # its other side was closed
        return b""
