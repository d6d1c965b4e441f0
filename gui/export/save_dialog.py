"""Where something is saved to, asked of the person; and the file, written whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(window: QWidget, title: str, name: str, kinds: Sequence[tuple[str, str]], folder: str = "") -> Path | None:
    """Ask the user for a file to save to. None: nowhere.

    ``kinds`` are titles and suffixes (``png``), the usual one first. The suffix is known to the dialog, so that it asks
    before it overwrites.
    """
    filters = {f"{label} (*.{suffix})": suffix for label, suffix in kinds}
    first = kinds[0][1]
    dialog = QFileDialog(window, title, folder, ";;".join(filters))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(first)
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters.get(chosen, first)))
    dialog.selectFile(str(Path(folder) / f"{name}.{first}"))
    accepted = dialog.exec() and dialog.selectedFiles()
    dialog.deleteLater()
    return Path(accepted[0]) if accepted else None
