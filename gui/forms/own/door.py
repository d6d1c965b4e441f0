"""The own code of the experiment in the window: its files as typed or followed, agreed to or not, and what each is.

The form keeps its uses, the debugger shows and changes its texts; both meet here.
"""

import ast
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.protocol import CodeUse, CodeVerdict
from engine.spec import OwnCode
from engine.spec.code import NOTEBOOK, readable_code
from gui.files.agreed_code import is_agreed, remember

from ..files_named import FileNews, placed

DENSE = "Linear"  # the kind of a layer that names none
QUICK = 100_000  # characters that are cut up as Python in some ten ms
LARGEST = 1_000_000  # characters, as the experiment's own limit


class Unread(NamedTuple):
    """Say why a file that is followed is of no use, by a code; ``detail`` in full, with the ``line`` if there is one.

    The codes: ``gone``, ``no_text``, ``too_long``, and, where it is half written, ``no_python`` and ``no_notebook``.
    """

    reason: str
    detail: str = ""
    line: int = 0


class CodeDoor(QObject):
    """Hold the files. ``edited``: a person changed something; ``changed`` carries a file that has another text.

    ``open_wanted`` carries a file and a line, 0 for none; ``judged`` a use whose verdict is another; ``unread`` a file
    that is followed, and an Unread, or None where it can be read again; ``files_changed``: there are other files;
    ``chosen`` carries a use, and the code that stands there from now on; ``agreed``: all of it may run now;
    ``file_news`` carries a FileNews of a file that is not as it was when it was opened, in a session;
    ``texts_shown``: other texts are shown, which nobody has typed; ``put_back`` carries a file whose text an undo has
    changed, and where in it, in characters.
    """

    edited = Signal()
    file_news = Signal(object)
    changed = Signal(str)
    open_wanted = Signal(str, int)
    judged = Signal(object)
    unread = Signal(str, object)
    files_changed = Signal()
    chosen = Signal(object, str)
    agreed = Signal()
    texts_shown = Signal()
    put_back = Signal(str, int)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._files: dict[str, dict[str, Any]] = {}
        self._texts: dict[str, str] = {}  # of those that are followed, as last read
        self._verdicts: dict[tuple[str, str, str | None], CodeVerdict] = {}
        self._agreed: set[str] = set()  # texts that the person wrote, chose or agreed to
        self.is_hushed = False  # whether what code is is not to be told
        self.folder: Path | None = None  # that paths are relative to
        self.failures: dict[str, Unread] = {}
        self.uses: list[CodeUse] = []  # in the experiment as it is typed, and apart
        self.apart: tuple[CodeUse, ...] = ()  # what is judged though it stands nowhere in the experiment

    # --- the experiment's part ------------------------------------------------------------------

    def raw(self) -> dict[str, Any]:
        """Return the files as the experiment has them."""
        return {name: dict(one) for name, one in self._files.items()}

    def set_raw(self, files: Any, texts: Mapping[str, str], *, agreed: bool = False) -> None:
        """Take another experiment's files; ``texts`` are those of what is followed, where they were read."""
        self._files = {name: dict(one) for name, one in files.items()} if isinstance(files, dict) else {}
        self._files = {name: one for name, one in self._files.items() if isinstance(name, str)}
        self._texts = {name: text for name, text in texts.items() if name in self._files}
        self._verdicts.clear()
        self.failures.clear()
        for name in [name for name in self._files if self._files[name].get("path") and name not in self._texts]:
            self._read_first(name)
        self._agreed.update(text for text in self.texts.values() if agreed or is_agreed(text))
        self.files_changed.emit()
        for name, why in self.failures.items():
            self.unread.emit(name, why)
        self._tell_of_others()

    def _tell_of_others(self) -> None:
        """Tell of files that hold something else than what was opened, as a session has it, or are gone."""
        for name in self._texts.keys() - self.failures.keys():
            path = self.path(name)
            there = None if path is None else read_code(path)
            is_gone = isinstance(there, Unread) and there.reason == "gone"
            if is_gone or (isinstance(there, str) and there != self._texts[name]):
                take = partial(self.read_again, name)
                self.file_news.emit(FileNews(name, "gone" if is_gone else "before", take, None, begins=False))

    def _read_first(self, name: str) -> None:
        path = self.path(name)
        text = Unread("gone") if path is None else read_code(path)
        if isinstance(text, Unread):
            self.failures[name] = text
        else:
            self._texts[name] = text

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._files)

    @property
    def texts(self) -> dict[str, str]:
        """Return every file's text, as far as it is known."""
        return {name: text for name in self._files if (text := self.text(name)) is not None}

    @property
    def followed(self) -> dict[str, str]:
        """Return the texts of the files that are followed."""
        return {name: text for name, text in self.texts.items() if self.path(name) is not None}

    def text(self, name: str) -> str | None:
        one = self._files.get(name, {})
        text = self._texts.get(name) if one.get("path") else one.get("text")
        return text if isinstance(text, str) else None

    def code(self, name: str) -> str:
        """Return a file's code, line by line as it runs; of a notebook that of its cells."""
        text = self.text(name) or ""
        try:
            return readable_code(name, text)
        except ValueError:
            return text

    def path(self, name: str) -> Path | None:
        """Return where a file that is followed lies; None for one that the experiment holds itself."""
        path = self._files.get(name, {}).get("path")
        return None if not isinstance(path, str) else (self.folder or Path()) / path

    # --- what a person does ---------------------------------------------------------------------

    def add(self, name: str, text: str) -> str:
        """Add a file that begins with ``text``; returns what it is called, as near to ``name`` as is free."""
        name = self._free(name)
        self._files[name] = {"text": text}
        self._agreed.add(text)
        self.files_changed.emit()
        return name

    def follow(self, path: Path) -> str | None:
        """Follow a file that the person chose; returns what it is called, None where it cannot be read."""
        for name in self._files:
            if self.path(name) == path:
                return name
        text = read_code(path)
        name = self._free(path.name)
        if isinstance(text, Unread):
            self.unread.emit(path.name, text)
            return None
        self._files[name], self._texts[name] = {"path": str(path)}, text
        self._agreed.add(text)
        self.files_changed.emit()
        return name

    def set_text(self, name: str, text: str) -> None:
        """Take what was typed. Of a file that is followed it is for ``save`` to write it there."""
        if self.text(name) == text or name not in self._files:
            return
        if self._files[name].get("path"):
            self._texts[name] = text
        else:
            self._files[name] = {"text": text}
        self._agreed.add(text)
        self.changed.emit(name)
        self.edited.emit()

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show the texts that ran at the step shown; nobody has edited anything."""
        for name, text in texts.items():
            if name in self._files and self.text(name) != text:
                if self._files[name].get("path"):
                    self._texts[name] = text
                else:
                    self._files[name] = {"text": text}
                self._agreed.add(text)
                self.changed.emit(name)
        self.texts_shown.emit()

    def state(self) -> dict[str, Any]:
        """Return the files as ``set_state`` takes them: the same objects until they are edited."""
        return dict(self._files)

    def set_state(self, files: Mapping[str, Any]) -> None:
        """Have the files that there were once; what was agreed to stays so. ``edited`` is not emitted."""
        from ..fields.differences import part_changed  # which takes an undo

        if files == self._files:
            return
        before, self._files = self._files, dict(files)
        for name, one in self._files.items():
            if one.get("path") and name not in self._texts:
                self._read_first(name)
        if before.keys() != files.keys():
            self.files_changed.emit()
        for name in self._files:
            if name in before and before[name] != self._files[name]:
                old, new = (str(files[name].get("text") or "") for files in (before, self._files))
                self.changed.emit(name)
                self.put_back.emit(name, part_changed(old, new)[2])

    def read_again(self, name: str) -> None:
        """Take what a file that is followed holds now; where it holds nothing of use, what it held last goes on."""
        path = self.path(name)
        if path is None:
            return
        text = read_code(path)
        before = self.failures.pop(name, None)
        if isinstance(text, str) and (wrong := _why_no_python(path, text)) and self.text(name) is not None:
            text = wrong
        if isinstance(text, Unread):
            self.failures[name] = text
            if text != before:
                self.unread.emit(name, text)
            return
        if before is not None:
            self.unread.emit(name, None)
        if text != self._texts.get(name):
            is_agreed = self._texts.get(name) in self._agreed
            self._texts[name] = text
            if is_agreed:  # it is the person's own file, which he chose
                self._agreed.add(text)
            self.changed.emit(name)
            self.edited.emit()

    def agree(self) -> None:
        """Have it run from now on: the person has seen it."""
        self._agreed.update(self.texts.values())
        self.remember()
        self.agreed.emit()
        self.edited.emit()

    def move_to(self, folder: Path | None) -> None:
        """Have paths be relative to where the experiment is going to lie; without a folder they are absolute."""
        paths = {name: path for name in self._files if (path := self.path(name)) is not None}
        self.folder = folder
        for name, path in paths.items():
            self._files[name] = self._files[name] | {"path": placed(path, folder)}

    def remember(self) -> None:
        """Keep in mind what the person agreed to, for when it is opened once more."""
        remember(text for text in self.texts.values() if text in self._agreed)

    @property
    def is_agreed(self) -> bool:
        return all(text in self._agreed for text in self.texts.values())

    def _free(self, name: str) -> str:
        stem, suffix = Path(name).stem, Path(name).suffix or ".py"
        tried = (f"{stem}{suffix}", *(f"{stem}_{number}{suffix}" for number in range(2, 1000)))
        return next(one for one in tried if one not in self._files)

    # --- what it is -----------------------------------------------------------------------------

    def set_hushed(self, is_hushed: bool) -> None:
        """Set whether it is not to be told what code is, nor where the textbook has it otherwise."""
        if is_hushed != self.is_hushed:
            self.is_hushed = is_hushed
            for use in self.uses:
                self.judged.emit(use)

    def verdict(self, kind: str, code: str, against: str | None) -> CodeVerdict | None:
        """Return what may be told of a use."""
        return None if self.is_hushed else self._verdicts.get((kind, code, against))

    def verdicts_of(self, name: str) -> list[CodeVerdict]:
        """Return what may be told of the uses of a file."""
        return [] if self.is_hushed else self.found_of(name)

    def found_of(self, name: str) -> list[CodeVerdict]:
        """Return what is known of the uses of a file, whether it may be told or not."""
        keys = ((use.kind, use.code, use.against) for use in self.uses_of(name))
        return [self._verdicts[key] for key in keys if key in self._verdicts]

    def uses_with(self, raw: Mapping[str, Any]) -> list[CodeUse]:
        """Return every use of own code: those in an experiment as it is typed, and those apart of files that it has."""
        return [*uses_in(raw), *(use for use in self.apart if OwnCode.of(use.code).file in self._files)]

    def uses_of(self, name: str) -> list[CodeUse]:
        """Return where a file stands in the experiment."""
        return [use for use in self.uses if OwnCode.of(use.code).file == name]

    def judge(self, verdicts: Iterable[CodeVerdict]) -> None:
        """Take verdicts. One that the run found says nothing of what else the file holds: that stays."""
        for one in verdicts:
            key = (one.use.kind, one.use.code, one.use.against)
            before = self._verdicts.get(key)
            self._verdicts[key] = one if one.choices or before is None else one._replace(choices=before.choices)
            self.judged.emit(one.use)

    def choose(self, use: CodeUse, code: OwnCode) -> None:
        """Have another part of a file be meant by a use, or another of its arguments be told."""
        self._verdicts.pop((use.kind, use.code, use.against), None)  # nothing stands there any more
        self.chosen.emit(use, str(code))

    def open(self, code: str, line: int = 0) -> None:
        """Ask for a file to be shown where it can be written."""
        self.open_wanted.emit(OwnCode.of(code).file, line)


def read_code(path: Path) -> str | Unread:
    """Return a file's text."""
    try:
        if not path.is_file():
            return Unread("gone", str(path))
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(LARGEST + 1)
    except OSError as error:
        return Unread("gone", error.strerror or str(error))
    except UnicodeDecodeError:
        return Unread("no_text", str(path))
    return Unread("too_long", str(path)) if len(text) > LARGEST else text


def _why_no_python(path: Path, text: str) -> Unread | None:
    """Return where a file stops being Python, as one that is half written does; of a very long one None."""
    if path.suffix == NOTEBOOK:
        return _why_no_notebook(text)
    if path.suffix != ".py" or len(text) > QUICK:
        return None
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return Unread("no_python", getattr(error, "msg", str(error)), getattr(error, "lineno", None) or 0)
    return None


def _why_no_notebook(text: str) -> Unread | None:
    try:
        readable_code(NOTEBOOK, text)
    except ValueError:
        return Unread("no_notebook")
    return None


def door_of(widget: QWidget) -> CodeDoor:
    """Return the door of the form that a widget is in."""
    above: QWidget | None = widget
    while above is not None:
        door = getattr(above, "code_door", None)
        if isinstance(door, CodeDoor):
            return door
        above = above.parentWidget()
    raise LookupError("the widget is in no form that has own code")


def uses_in(raw: Mapping[str, Any]) -> list[CodeUse]:
    """Return every use of own code in an experiment as it is typed, each once."""
    found: list[CodeUse] = []
    for entry in raw.get("optimizers") or ():
        if isinstance(entry, dict) and isinstance(entry.get("code"), str):
            found.append(CodeUse(entry["code"], "optimizer", entry.get("name") or None, _numbers(entry.get("params"))))
    network = raw.get("network")
    network = network if isinstance(network, dict) else {}
    layers = [layer for layer in network.get("layers") or () if isinstance(layer, dict)]
    for layer in layers:
        if isinstance(layer.get("code"), str):
            kind = layer.get("kind", DENSE)
            found.append(CodeUse(layer["code"], "layer", "linear" if kind == DENSE else kind))
    for kind, given in (*(("activation", layer.get("activation")) for layer in layers), ("loss", network.get("loss"))):
        if isinstance(given, dict) and isinstance(given.get("code"), str):
            found.append(CodeUse(given["code"], kind, given.get("name"), _numbers(given.get("params"))))
    return list({(use.kind, use.code, use.against): use for use in found}.values())


def _numbers(params: Any) -> dict[str, Any]:
    """Return the params that are numbers already: the others are being typed."""
    given = params if isinstance(params, dict) else {}
    return {name: value for name, value in given.items() if not isinstance(value, str)}
