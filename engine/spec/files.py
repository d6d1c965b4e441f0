"""An experiment's file, read for the window and the command alike: whatever lies there, nothing hangs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .check import ExperimentError, check_part, load
from .code import LARGEST_CODE, CodeSpec
from .data import Data, Linked
from .data_file import DataFile, is_linked
from .faults import Fault
from .model import ExperimentSpec
from .moved_lines import MovedLine, follow_lines

LARGEST_FILE = 100_000_000  # bytes; more would stall whoever reads it


def read(
    file: Path,
    tell: Callable[[MovedLine], object] = lambda _: None,
    changed: Callable[[str], object] = lambda _: None,
    leave: Callable[[dict[str, Any]], object] | None = None,
) -> ExperimentSpec:
    """Return the experiment in ``file``, its line breakpoints where their lines are in this textbook.

    ``tell`` is called for each that has moved or was dropped, ``changed`` with the name of a file of data that holds
    something else than when the experiment was made. The files of own code that it follows, and of data, are read;
    where there is somebody to ``leave`` those to, they are not, and the experiment has no data. Raises ExperimentError
    with every fault.
    """
    moved: tuple[MovedLine, ...] = ()

    def amend(raw: Any) -> Any:
        nonlocal moved
        raw, moved = follow_lines(raw)
        return with_data_read(raw, file.parent, changed) if leave is None else without_data(raw, leave)

    spec = load(_text_of(file), amend)
    spec = _with_code(spec, file.parent)
    for one in moved:
        tell(one)
    return spec


def with_data_read(raw: Any, folder: Path, changed: Callable[[str], object] = lambda _: None) -> Any:
    """Return an experiment's structure with its data read, or what is wrong with them, where they name a file.

    ``folder``: to which the file's path is relative. ``changed`` is called with it where it holds something else now.
    """
    data = raw.get("data") if isinstance(raw, dict) else None
    if data is None or not is_linked(data):
        return raw
    from .tables import read_table  # which most experiments need none of

    _, wrong = check_part("data", Linked(data, ()))
    if wrong:
        return raw
    asked = DataFile.model_validate(data)
    found: Data | tuple[Fault, ...]
    try:
        found, sha256 = read_table(folder / asked.file, asked)
        if asked.sha256 not in (None, sha256):
            changed(asked.file)
    except ExperimentError as error:
        found = error.faults
    return {**raw, "data": Linked(data, found)}


def without_data(raw: Any, leave: Callable[[dict[str, Any]], object]) -> Any:
    """Return an experiment's structure that can be checked though the file of its data is left unread."""
    data = raw.get("data") if isinstance(raw, dict) else None
    if data is None or not is_linked(data):
        return raw
    leave(data)
    return {**raw, "data": Linked(data, ())}


def _with_code(spec: ExperimentSpec, folder: Path) -> ExperimentSpec:
    """Return the experiment with the text of the code that it follows."""
    followed = {name: one for name, one in (spec.code or {}).items() if one.path is not None}
    texts: dict[str, CodeSpec] = {}
    for name, one in followed.items():
        try:
            text = (folder / str(one.path)).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError, ValueError) as error:
            detail = error.strerror if isinstance(error, OSError) else "it is no text"
            raise ExperimentError([Fault(("code", name, "path"), "code_not_readable", {"detail": detail})]) from None
        texts[name] = one.model_copy(update={"text": text[: LARGEST_CODE + 1]})
        if len(text) > LARGEST_CODE:
            fields = {"length": len(text), "limit": LARGEST_CODE}
            raise ExperimentError([Fault(("code", name, "path"), "too_long", fields)])
    return spec.model_copy(update={"code": {**(spec.code or {}), **texts}}) if texts else spec


def _text_of(file: Path) -> bytes:
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):  # a pipe or a device may never end
            raise ExperimentError([Fault((), "not_readable", {"detail": "not an ordinary file"})])
        with file.open("rb") as opened:
            text = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ExperimentError([Fault((), "not_readable", {"detail": error.strerror})]) from None
    if len(text) > LARGEST_FILE:
        raise ExperimentError([Fault((), "file_too_large", {"limit": f"{LARGEST_FILE // 1_000_000} MB"})])
    return text
