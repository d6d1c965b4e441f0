"""What a command leaves of an earlier result: all of it or a whole new one, whenever and however it ends."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import engine.headless.run
import engine.sweep.sweep as sweep_module
import main
from engine.headless import compare as headless_compare
from engine.headless import whole_files
from tests.engine.headless.test_command import ALONE
from tests.engine.headless.test_run import losses_in, report_in, saved
from tests.programs import MAIN, Forked, run_forked

WINDOWS = sys.platform == "win32"
SWEEP = ("--optimizer", "SGD", "--param", "lr", "--log", "1e-3", "1", "--points", "3")
COMMANDS: dict[str, tuple[str, ...]] = {"run": (), "compare": (), "sweep": SWEEP}


def command(name: str, folder: Path, steps: int = 5) -> list[str]:
    file = saved(ALONE, folder)
    return [name, str(file), *COMMANDS[name], "--steps", str(steps), "--out", str(folder / "out")]


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def press_ctrl_c_when(monkeypatch: pytest.MonkeyPatch, place: Any, name: str) -> None:
    """It comes as ``place.name`` is called, which goes on as ever."""
    called: Callable[..., Any] = getattr(place, name)

    def interrupted(*arguments: Any, **named: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return called(*arguments, **named)

    monkeypatch.setattr(place, name, interrupted)


BEFORE_THE_FIRST_STEP: dict[str, tuple[Any, str]] = {
    "run": (engine.headless.run, "lockstep_of"),
    "compare": (headless_compare, "lockstep_of"),
    "sweep": (sweep_module.Sweep, "_part"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_ctrl_c_before_the_first_step_leaves_an_earlier_result(
    name: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main.main(command(name, tmp_path)) == 0
    before = contents(tmp_path / "out")
    capsys.readouterr()
    press_ctrl_c_when(monkeypatch, *BEFORE_THE_FIRST_STEP[name])
    assert main.main(command(name, tmp_path)) == 130
    told = capsys.readouterr()
    assert told.out.splitlines()[-1].startswith("interrupted ")
    assert told.err == ""
    assert contents(tmp_path / "out") == before


@pytest.mark.skipif(WINDOWS, reason="needs POSIX signals")
@pytest.mark.parametrize("kind", ["SIGTERM", "SIGHUP"])
def test_a_program_that_is_told_to_end_writes_what_was_done(kind: str, tmp_path: Path) -> None:
    heed = f"import signal; signal.signal(signal.{kind}, signal.SIG_DFL)\n"  # nohup's children would not
    with Forked(heed + MAIN, *command("run", tmp_path, steps=10**7)) as program:
        assert program.stdout is not None
        program.stdout.readline()
        assert program.stdout.readline().split()[0] == b"1"
        program.send_signal(getattr(signal, kind))
        assert program.stderr.read() == b""
    assert program.returncode == 130
    done = report_in(tmp_path / "out")["steps"]
    assert losses_in(tmp_path / "out")["step"] == list(range(1, done + 1))


@pytest.mark.skipif(WINDOWS, reason="needs POSIX signals")
def test_what_a_killed_writer_left_is_cleared_by_the_next_run(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, main; from engine.headless import results\n"
        "results._write_report = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.exit(main.main(sys.argv[1:]))"
    )
    assert main.main(command("run", tmp_path)) == 0
    out = tmp_path / "out"
    before = contents(out)
    assert run_forked(code, *command("run", tmp_path)).returncode == -signal.SIGKILL
    (left,) = out.glob(".unfinished-*")
    of_an_older_program, at_work = out / ".unfinished-abcd1234", out / f".unfinished-{os.getppid()}-abcd1234"
    of_an_older_program.mkdir()
    at_work.mkdir()
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    assert main.main(command("run", tmp_path, steps=6)) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted([*before, at_work.name]), left
    assert report_in(out)["steps"] == 6


def test_a_place_that_takes_one_file_and_not_the_next_keeps_all_as_they_were(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main.main(command("run", tmp_path)) == 0
    out = tmp_path / "out"
    (out / "losses.csv").unlink()
    before = contents(out)
    replace = os.replace

    def held_open(source: Path, place: Path) -> None:
        if Path(place).name == "report.json":
            raise PermissionError(13, "Permission denied")
        replace(source, place)

    monkeypatch.setattr(whole_files.os, "replace", held_open)
    capsys.readouterr()
    assert main.main(command("run", tmp_path, steps=9)) == 2
    assert capsys.readouterr().err.endswith(f"--out cannot be written to: Permission denied: {out}\n")
    assert contents(out) == before


@pytest.mark.skipif(WINDOWS, reason="needs limits of a process")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_takes_names_but_no_content_is_told_before_the_training(name: str, tmp_path: Path) -> None:
    code = (
        "import resource, sys, main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "sys.exit(main.main(sys.argv[1:]))"
    )
    done = run_forked(code, *command(name, tmp_path, steps=10**6))
    assert (done.returncode, done.stdout) == (2, "")
    assert "--out cannot be written to: File too large" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_more_losses_than_the_disk_holds_are_told_before_the_training(tmp_path: Path, capsys: Any, monkeypatch: Any):
    free = whole_files.shutil.disk_usage(tmp_path)._replace(free=10**6)
    monkeypatch.setattr(whole_files.shutil, "disk_usage", lambda _: free)
    assert main.main(command("run", tmp_path, steps=10**5)) == 2
    told = capsys.readouterr()
    assert (told.out, "--out cannot be written to: No space left on device" in told.err) == ("", True)
