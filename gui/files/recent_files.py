"""The files that were opened or saved last: sessions, experiments and own code, the newest first."""

import json
from pathlib import Path

from PySide6.QtCore import QSettings

KEY, MOST = "recent_files", 10


def recent_files() -> list[Path]:
    """Return them, whether they are there still or not."""
    try:
        names = json.loads(str(QSettings().value(KEY, "[]")))
    except ValueError:
        return []
    return [Path(name) for name in names if isinstance(name, str)][:MOST] if isinstance(names, list) else []


def note_file(file: Path) -> None:
    """Take down that a file was opened or saved."""
    file = file.absolute()
    _keep([file, *(one for one in recent_files() if one != file)])


def drop_file(file: Path) -> None:
    """Forget a file, which is gone."""
    _keep([one for one in recent_files() if one != file])


def clear_files() -> None:
    _keep([])


def _keep(files: list[Path]) -> None:
    QSettings().setValue(KEY, json.dumps([str(file) for file in files[:MOST]]))
