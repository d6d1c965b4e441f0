"""Own code that misbehaves is told with its line, within its limits, and takes nothing else down."""

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

import engine.own.libraries
from engine.own.limits import Limits
from engine.own.session import Session, Wanted
from engine.own.source import Source
from engine.verify import Asked, Record, verify_file

LIMITS = Limits(seconds=1.5, memory=300)
SOON = LIMITS._replace(seconds=0.5)  # for what never ends
CODE = "import {imports}\n\n\ndef sgd(w, g, lr=0.1):\n{body}\n    return w - lr * g\n"
CATCHES_ALL = """    while True:
        try:
            g = 1 / 0
        except BaseException:
            pass"""


def verified(tmp_path: Path, text: str, limits: Limits = LIMITS) -> Record:
    file = tmp_path / "own.py"
    file.write_text(text, encoding="utf-8")
    return verify_file(file, Wanted(), Asked(steps=3), limits)


@pytest.mark.parametrize(
    ("imports", "body", "line", "words"),
    [
        ("math", "    while True:\n        pass", (5, 6), "no end"),
        ("itertools", "    sum(itertools.repeat(0))", (5,), "no end"),
        ("math", CATCHES_ALL, (5, 6, 7, 8, 9), "no end"),
        ("ctypes", "    ctypes.string_at(0)", (5,), "crashed"),
        ("sys", "    sys.exit(3)", (5,), "ends the program"),
        ("os", "    os._exit(0)", (5,), "ended its process"),
        ("numpy as np", "    x = np.ones((40000, 40000))", (5,), "memory"),
        ("math", "    x = []\n    while True:\n        x.append(bytes(10**7))", (7,), "memory"),
        ("math", "    while True:\n        print('x' * 1000)", (6,), "prints without end"),
        ("math", "    raise ValueError('not yet')", (5,), "ValueError: not yet"),
        ("math", "    sgd(w, g)", (5,), "without end"),
        ("math", "    import nowhere_to_be_found", (5,), "nowhere_to_be_found"),
    ],
)  # fmt: skip
def test_what_misbehaves_is_told_with_its_line(
    tmp_path: Path, imports: str, body: str, line: tuple[int, ...], words: str
) -> None:
    record = verified(tmp_path, CODE.format(imports=imports, body=body), SOON if words == "no end" else LIMITS)
    assert record.verdict == "unusable"
    assert record.exit_status == 2
    assert record.error is not None
    assert words in record.error.words
    assert record.error.line in line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("def sigmoid(z):\n    return ...\n\n\ndef d_sigmoid(z, a):\n    return a * (1 - a)\n", 2),
        ("def sgd(w, g, lr):\n    step = ...\n    return w - lr * step\n", 2),
    ],
)
def test_where_something_is_still_to_be_written_no_more_is_said(tmp_path: Path, text: str, line: int) -> None:
    record = verified(tmp_path, text)
    assert record.error is not None
    assert record.error.words == "something is still to be written where ... stands"
    assert record.error.line == line


def test_dots_in_code_that_runs_are_nobodys_hole(tmp_path: Path) -> None:
    record = verified(tmp_path, "def sgd(w, g, lr, rest=...):\n    rest = ...\n    return w[..., :] - lr * g\n")
    assert record.exit_status == 0


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("import nowhere_to_be_found\n\n\ndef sgd(w, g):\n    return w - g\n", 1, "ModuleNotFoundError"),
        ("def sgd(w, g:\n    return w - g\n", 1, "SyntaxError"),
        ("x = 1\nwhile True:\n    x += 1\n", None, "no end"),
        ("print('x')\nraise SystemExit\n", 2, "SystemExit"),
        ("def sgd(w, g, state):\n    state['m'] = 0.9 * state['m'] + g\n    return w - state['m'], state\n", 2, "'m'"),
    ],
)
def test_a_file_that_does_not_even_load_is_told_with_its_line(
    tmp_path: Path, text: str, line: int | None, words: str
) -> None:
    record = verified(tmp_path, text, SOON if words == "no end" else LIMITS)
    assert record.error is not None
    assert words in record.error.words
    assert line is None or record.error.line == line


def test_what_has_no_known_form_or_several_is_told(tmp_path: Path) -> None:
    nothing = verified(tmp_path, "x = 1\n")
    assert nothing.error is not None
    assert "known form" in nothing.error.words
    several = verified(tmp_path, "def one(w, g):\n    return w - g\n\n\ndef two(w, g):\n    return w - 2 * g\n")
    assert several.error is not None
    assert "one, two" in several.error.words


def test_what_does_not_repeat_itself_is_told(tmp_path: Path) -> None:
    text = "import os\n\n\ndef sgd(w, g, lr=0.1):\n    return w - lr * g * (1 + os.urandom(1)[0])\n"
    record = verified(tmp_path, text)
    assert record.error is not None
    assert "repeat" in record.error.words


def test_printing_a_little_is_no_matter(tmp_path: Path) -> None:
    text = "print('hello')\n\n\ndef sgd(w, g, lr=0.1):\n    print(w)\n    return w - lr * g\n"
    assert verified(tmp_path, text)


def test_libraries_are_loaded_before_time_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed, that is; what stands beside the file is the person's own."""
    for folder, name in (("installed", "lockstep_slow_library"), ("beside", "lockstep_own_helper")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.py").write_text("", encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path / folder)
    monkeypatch.setattr(engine.own.libraries, "INSTALLED", (tmp_path / "installed",))
    text = "import lockstep_own_helper\n\n\ndef sgd(w, g, lr=0.1):\n"
    text += "    import lockstep_slow_library\n    return w - lr * g\n"
    loaded: list[set[str]] = []

    def guard() -> nullcontext[None]:
        loaded.append({name for name in sys.modules if name.startswith("lockstep_")})
        return nullcontext()

    Session(Source(tmp_path / "own.py", text), Wanted(), guard)
    assert loaded == [{"lockstep_slow_library"}]
