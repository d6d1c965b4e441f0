"""Errors of torch's or of ours: one line that names the optimizer and the step, exit status 70, no traceback."""

import pickle
from pathlib import Path
from typing import Any, NoReturn

import pytest

import main
from engine.lane.lane import StepError, naming_step
from engine.protocol import Failed, Load, Loaded, Run, StepFailed, TraceStep
from engine.run.lockstep import Lockstep
from engine.spec import read
from tests.engine.experiments import optimizer, raw_article
from tests.engine.headless.test_run import saved
from tests.engine.server.test_server import SPEC, serving

CASES = Path(__file__).parents[1] / "cases"
ZERO_DIVISION, OVERFLOW = CASES / "min-nadam-zerodiv.json", CASES / "lbfgs-overflow.json"
IN_STEP_17 = StepError("NAdam", "torch", 17, "float division by zero")


def complaint(capsys: Any, *arguments: str | Path) -> str:
    """The one line of a command that ends with 70."""
    status = main.main([*map(str, arguments)])
    (line,) = capsys.readouterr().err.removesuffix("\n").split("\n")
    assert status == 70
    return line


def failing(error: Exception) -> Any:
    def fail(*_: Any, **__: Any) -> NoReturn:
        raise error

    return fail


# --- the commands --------------------------------------------------------------------------------


def test_what_a_side_raises_in_a_step_names_optimizer_and_step(capsys: Any) -> None:
    """In step 1 both divide by 1 - μ₁, and μ₁ is 1 to all digits: torch's word counts. Its line search overflows."""
    nadam, lbfgs = "torch raised in step 1 of NAdam: ", "torch raised in step 2 of LBFGS: "
    assert complaint(capsys, "run", ZERO_DIVISION, "--steps", "20").endswith(nadam + "float division by zero")
    assert lbfgs + "value cannot be converted" in complaint(capsys, "run", OVERFLOW, "--steps", "5")
    assert nadam in complaint(capsys, "compare", ZERO_DIVISION, "--steps", "20")


def test_so_does_what_is_raised_in_the_step_that_is_traced(capsys: Any) -> None:
    assert complaint(capsys, "trace", ZERO_DIVISION, "--step", "1") == (
        f"{ZERO_DIVISION}: DIY raised in step 1 of NAdam: float division by zero"
    )


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("command", ["run", "compare"])
def test_what_was_written_before_stays(
    command: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = saved(raw_article(), tmp_path), tmp_path / "out"
    arguments = [command, str(file), "--steps", "3", "--out", str(out)]
    main.main(arguments)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    capsys.readouterr()
    monkeypatch.setattr(Lockstep, "advance", failing(IN_STEP_17))
    assert complaint(capsys, *arguments) == f"{file}: torch raised in step 17 of NAdam: float division by zero"
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_sweep_names_its_step_too(tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = saved(raw_article(optimizers=[optimizer("LBFGS") | {"label": "mine"}]), tmp_path)
    monkeypatch.setattr("engine.lane.diy_lane.DiyLane.step", failing(ZeroDivisionError("division by zero")))
    asked = ("--optimizer", "mine", "--param", "lr", "--log", "1e-3", "1", "--points", "2", "--steps", "3")
    assert complaint(capsys, "sweep", file, *asked).endswith(": DIY raised in step 1 of mine: division by zero")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("two\nlines \x1b[31m"), r"ValueError: two\nlines \x1b[31m"),
        (MemoryError(), "MemoryError"),
        (AssertionError(), "AssertionError"),
    ],
)
def test_an_error_of_our_own_is_a_line_too(
    error: Exception, told: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lockstep, "advance", failing(error))
    line = complaint(capsys, "run", saved(raw_article(), tmp_path), "--steps", "3")
    assert f"an error of Lockstep's own: {told} (set LOCKSTEP_TRACEBACK=1" in line


def test_its_traceback_is_printed_for_who_asks_for_it(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Lockstep, "advance", failing(ValueError("no")))
    monkeypatch.setenv("LOCKSTEP_TRACEBACK", "1")
    status = main.main(["run", str(saved(raw_article(), tmp_path)), "--steps", "3"])
    told = capsys.readouterr().err.splitlines()
    assert (status, told[0]) == (70, "Traceback (most recent call last):")
    assert "ValueError: no" in told[-1]


# --- the error itself ----------------------------------------------------------------------------


def test_whatever_is_raised_in_a_step_is_named_in_a_line() -> None:
    for error, detail in (
        (RuntimeError("too large\nException raised from here"), "too large"),
        (MemoryError(), "MemoryError"),
        (IN_STEP_17, "float division by zero"),
    ):
        with pytest.raises(StepError) as raised, naming_step("Adam", "diy", 1234):
            raise error
        assert raised.value.detail == detail
    assert str(StepError("Adam", "diy", 1234, "no")) == "DIY raised in step 1,234 of Adam: no"
    assert str(pickle.loads(pickle.dumps(IN_STEP_17))) == str(IN_STEP_17)


# --- the window's engine -------------------------------------------------------------------------


def test_the_window_is_told_which_step_and_can_begin_anew() -> None:
    with serving() as window:
        window.load(read(ZERO_DIVISION))
        window.send(Run(1, 20, None))
        failed: Failed = window.next(Failed)
        assert failed.at == StepFailed("NAdam", "torch", 1, "float division by zero")
        assert "ZeroDivisionError" in failed.detail
        window.send(Load(2, SPEC))
        window.next(Loaded)


def test_a_step_that_cannot_be_traced_is_named_as_well() -> None:
    with serving() as window:
        window.load(read(ZERO_DIVISION))
        window.send(TraceStep(1, 0, 1))
        assert window.next(Failed).at == StepFailed("NAdam", "diy", 1, "float division by zero")


def test_an_error_of_the_engines_own_is_of_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lockstep, "advance", failing(ValueError("no")))
    with serving() as window:
        window.load()
        window.send(Run(1, 3, None))
        failed = window.next(Failed)
        assert (failed.at, failed.detail.splitlines()[-1]) == (None, "ValueError: no")
