"""Line breakpoints in files of another version of the textbook: found by their text, or dropped and told."""

import json
from pathlib import Path
from typing import Any

import pytest

import main
from engine.spec import (
    ExperimentError,
    LineBreakpoint,
    MovedLine,
    check,
    read,
    tell_textbook,
    textbook_files,
    textbook_lines,
)
from engine.spec.breakable_lines import breakable_lines
from engine.spec.moved_lines import follow_lines
from tests.engine.experiments import raw_article

SGD = "optimizers/sgd.py"
LINE = breakable_lines("\n".join(textbook_lines(SGD)))[0]
TEXT = textbook_lines(SGD)[LINE - 1].strip()
STAGE = {"kind": "stage", "stage": "update"}
TEXTBOOK = {
    "step.py": "def step(a):\n    b = a + 1\n    c = 2 * b\n    b = a + 1\n    return c\n",
    "layers/linear.py": "def predict(x):\n    return x @ 2\n\n\ndef gradient(x):\n    return x @ 3\n",
    "layers/other.py": "def predict(x):\n    return x @ 4\n\n\ndef gradient(x):\n    return x @ 3\n",
}


@pytest.fixture
def saved(tmp_path: Path):
    """An experiment's file with these breakpoints."""

    def save(*breakpoints: Any) -> Path:
        file = tmp_path / "experiment.json"
        file.write_text(json.dumps(raw_article(breakpoints=list(breakpoints))), encoding="utf-8")
        return file

    return save


@pytest.fixture
def textbook(monkeypatch: pytest.MonkeyPatch):
    """A textbook of three small files, as a newer version might have it."""
    monkeypatch.setattr("engine.spec.moved_lines.textbook_files", lambda: tuple(TEXTBOOK))
    for module in ("textbook", "breakpoint_checks"):
        monkeypatch.setattr(f"engine.spec.{module}.textbook_files", lambda: tuple(TEXTBOOK))
    tell_textbook(TEXTBOOK)
    yield
    tell_textbook({})


def line(file: str, number: int, **more: Any) -> dict[str, Any]:
    return {"kind": "line", "file": file, "line": number, **more}


def places(file: Path) -> tuple[list[tuple[str, int]], list[MovedLine]]:
    """Where the line breakpoints are once the file is read, and what was told."""
    told: list[MovedLine] = []
    spec = read(file, told.append)
    return [(one.file, one.line) for one in spec.breakpoints if isinstance(one, LineBreakpoint)], told


@pytest.mark.parametrize(
    ("given", "now"),
    [
        (line("step.py", 3, text="c = 2 * b"), ("step.py", 3)),
        (line("step.py", 5, text="c = 2 * b"), ("step.py", 3)),
        (line("step.py", 900, text="c = 2 * b"), ("step.py", 3)),
        (line("step.py", 5, text="b = a + 1"), ("step.py", 4)),  # the nearer of two
        (line("step.py", 1, text="b = a + 1"), ("step.py", 2)),
        (line("network.py", 40, text="return x @ 2"), ("layers/linear.py", 2)),  # the file is gone
        (line("step.py", 2, text="return x @ 4"), ("layers/other.py", 2)),  # out of a file that is still there
    ],
)
def test_a_line_that_has_moved_is_found_by_its_text(saved, textbook, given, now):
    found, told = places(saved(given, STAGE))
    assert found == [now]
    was = (given["file"], given["line"])
    assert told == ([] if was == now else [MovedLine(*was, given["text"], now)])


@pytest.mark.parametrize(
    "given",
    [
        line("step.py", 2, text="b = a - 1"),
        line("network.py", 40, text="return x @ 3"),  # in two places: which was meant is a guess
        line("step.py", 1),  # never run, and the file does not say what stood there
        line("step.py", 900),
        line("gone.py", 2),
        line("gone\x1b[31m.py", 2, text="x\ny"),
    ],
)
def test_a_line_that_is_gone_is_dropped_and_told(saved, textbook, given):
    kept = line("step.py", 3, hits=2)
    found, told = places(saved(given, kept, STAGE))
    assert found == [("step.py", 3)]
    (one,) = told
    assert one == MovedLine(given["file"], given["line"], given.get("text"), None)
    assert str(one).isprintable()
    assert "is dropped" in str(one)


def test_an_older_files_line_is_believed_where_a_step_can_come_to_it(saved):
    found, told = places(saved(line(SGD, LINE)))
    assert (found, told) == ([(SGD, LINE)], [])


def test_faulty_ones_are_faults_as_ever(saved):
    with pytest.raises(ExperimentError) as caught:
        read(saved(line(SGD, 0, text="gone"), line(SGD, "3"), line(7, 3), line(SGD, LINE, text=3)))
    assert [str(fault).split()[0] for fault in caught.value.faults] == [
        "breakpoints[0].line",
        "breakpoints[1].line",
        "breakpoints[2].file",
        "breakpoints[3].text",
    ]


def test_what_is_read_can_be_saved_and_says_what_stands_in_its_lines(saved, textbook):
    spec = read(saved(line("step.py", 5, text="c = 2 * b", hits=3, enabled=False)))
    assert spec.breakpoints == (LineBreakpoint(file="step.py", line=3, text="c = 2 * b", hits=3, enabled=False),)
    assert check(json.loads(spec.to_json())) == spec


def test_the_command_tells_it_and_runs(saved, capsys):
    file = saved(line(SGD, LINE + 900, text=TEXT), line("gone.py", 3))
    assert main.main(["run", str(file), "--steps", "2"]) == 0
    captured = capsys.readouterr()
    assert captured.err.splitlines() == [
        f"{file}: the breakpoint on line {LINE + 900} of {SGD} is on line {LINE} of {SGD} now, where its text is",
        f"{file}: the breakpoint on line 3 of gone.py is dropped: no step runs that line any more",
    ]
    assert "final" in captured.out


def test_every_line_of_the_textbook_that_can_be_stopped_at_stays_where_it_is(saved):
    all_lines = [
        line(file, number, text=texts[number - 1].strip())
        for file in textbook_files()
        for texts in [textbook_lines(file)]
        for number in breakable_lines("\n".join(texts))
    ][:1000]
    found, told = places(saved(*all_lines))
    assert (len(found), told) == (len(all_lines), [])


def test_lines_of_a_file_that_is_a_folder_now_are_found_by_their_text_where_one_place_has_it() -> None:
    """As those of the one file that had all activations; what says nothing of its text cannot be found."""
    old = "activations.py"
    given = [
        line(old, 43, text="return np.tanh(z)"),
        line(old, 33),
        line(old, 92, text="cdf = 0.5 * (1 + erf(z / 2**0.5))"),
    ]
    raw, moved = follow_lines({"breakpoints": given})
    (kept,) = raw["breakpoints"]
    assert (kept["file"], textbook_lines(kept["file"])[kept["line"] - 1].strip()) == (
        "activations/tanh.py",
        "return np.tanh(z)",
    )
    assert [one.kind for one in moved] == ["moved", "dropped", "dropped_text"]
