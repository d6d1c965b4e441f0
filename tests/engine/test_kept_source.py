"""What is told of the textbook's source is what runs, whatever has become of the files since they were imported."""

import importlib
import json
import os
import py_compile
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from engine.kept_source import has_changed, keep_sources, lines_of, text_of
from engine.spec import textbook_files, textbook_lines
from engine.spec.textbook import tell_textbook
from engine.trace.sources import load_textbook
from tests.programs import ROOT, run_python

PACKAGE = "a_small_textbook"
BEFORE, AFTER = "def f(x):\n    return x + 1\n", "def f(x):\n    return x + 2\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The one module of a package whose sources are kept, not imported yet."""
    folder = tmp_path / PACKAGE
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "part.py").write_text(BEFORE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    finder = keep_sources(PACKAGE)
    yield folder / "part.py"
    sys.meta_path.remove(finder)  # pyright: ignore[reportArgumentType]
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


def imported() -> ModuleType:
    return importlib.import_module(f"{PACKAGE}.part")


def test_the_text_stays_that_which_was_compiled(file: Path):
    module = imported()
    named = module.f.__code__.co_filename
    assert not has_changed(named)
    file.write_text(f"# more\n{AFTER}", encoding="utf-8")
    assert (module.f(1), text_of(named), lines_of(named)[1]) == (2, BEFORE, "    return x + 1")
    assert has_changed(named)
    file.write_text(BEFORE, encoding="utf-8")
    assert not has_changed(named)
    file.unlink()
    assert has_changed(named)
    assert text_of(named) == BEFORE


def test_a_module_imported_anew_has_its_new_text(file: Path):
    module = imported()
    file.write_text(AFTER, encoding="utf-8")
    module = importlib.reload(module)
    assert (module.f(1), text_of(module.f.__code__.co_filename)) == (3, AFTER)


def test_a_compiled_file_of_another_text_is_not_taken(file: Path):
    """Python does where size and time, in whole seconds, are the same: what ran would not be what is shown."""
    py_compile.compile(str(file), doraise=True)
    about = file.stat()
    file.write_text(AFTER, encoding="utf-8")
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    module = imported()
    assert (module.f(1), text_of(module.f.__code__.co_filename)) == (3, AFTER)


def test_what_was_not_kept_is_read_once(tmp_path: Path):
    file = tmp_path / "other.py"
    file.write_text(BEFORE, encoding="utf-8")
    assert text_of(str(file)) == BEFORE
    file.write_text(AFTER, encoding="utf-8")
    assert text_of(str(file)) == BEFORE
    assert not has_changed(str(file))


def test_what_another_process_runs_is_what_breakpoints_stand_in():
    name = "optimizers/adam.py"
    try:
        tell_textbook({name: BEFORE})
        assert textbook_lines(name) == ("def f(x):", "    return x + 1")
        assert textbook_lines("mean.py") == tuple((ROOT / "engine/diy/mean.py").read_text("utf-8").splitlines())
    finally:
        tell_textbook({})
    assert len(textbook_lines(name)) > 2


def test_the_whole_textbook_is_loaded_at_once():
    assert [source.file for source in load_textbook()] == list(textbook_files())


STEP = """
import json, sys
from pathlib import Path
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.protocol import Explain, TraceStep
from engine.spec import check, textbook_lines

spec = check(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
file = Path("engine/diy/optimizers/sgd.py").resolve()
before = file.read_text(encoding="utf-8")
run = Lockstep(spec)
edited = "# a line more\\n" * 3 + before.replace("weight - hyper.lr", "weight + hyper.lr").replace("    ", "     ")
file.write_text(edited, encoding="utf-8")
debugger = Debugger(run)
traced = debugger.trace(TraceStep(0, 0, 1))
source = next(source for source in traced.sources if source.file == "optimizers/sgd.py")
last = max(event for event, line in enumerate(traced.lines) if traced.calls[line.call].weight
           and traced.functions[traced.calls[line.call].function].name == "update")
told = debugger.explain(Explain(0, 0, 1, last, "layer1.weight", (0, 0)))
print(json.dumps({
    "text": source.text == before,
    "changed": [one.file for one in traced.sources if one.changed],
    "line": debugger.trace_of(0, 1).source_line(last).strip(),
    "breakpoint": textbook_lines("optimizers/sgd.py")[traced.lines[last].line - 1].strip(),
    "formulas": [traced.lines[last].formula, told.formula],
    "update": [(f.first_line, f.last_line) for f in traced.functions if traced.sources[f.source] is source],
}))
"""


def test_a_file_that_is_edited_during_a_run_is_shown_and_explained_as_it_ran(tmp_path: Path):
    shutil.copytree(ROOT / "engine", tmp_path / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "step.py").write_text("import os; os.chdir(os.path.dirname(__file__))\n" + STEP, encoding="utf-8")
    done = run_python(tmp_path / "step.py", ROOT / "resources/examples/article.json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    written = (ROOT / "engine/diy/optimizers/sgd.py").read_text("utf-8").splitlines()
    assert told["text"]
    assert told["changed"] == ["optimizers/sgd.py"]
    assert told["line"] == told["breakpoint"]
    assert told["line"] in [line.strip() for line in written]
    assert told["line"].startswith("return ")
    assert told["formulas"] == [told["formulas"][0]] * 2
    assert r"\leftarrow" in told["formulas"][0]
    [(first, last)] = told["update"]
    assert written[first - 1].startswith("def update(")
    assert written[last - 1].strip() == told["line"]
