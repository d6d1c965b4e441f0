"""An entry's groups of parameters behind a line that opens them."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from .fold import Fold


class GroupsFold(Fold):
    """Keep groups folded away. ``weights`` tells the names of the weights that there are."""

    def __init__(self, weights: Callable[[], Sequence[str]], parent: QWidget | None = None):
        self._weights = weights
        self._entry: tuple[str, dict[str, Any]] = "", {}
        self._raw: list[Any] = []
        super().__init__("groups", parent)

    def raw(self) -> dict[str, Any]:
        """Return ``groups`` as in the file, or nothing where there are none."""
        groups = self._raw if self._panel is None else self._panel.raw()
        return {"groups": groups} if groups else {}

    def set_raw(self, groups: Any) -> None:
        self._raw = list(groups) if isinstance(groups, list | tuple) else []
        self._put(self._raw)

    @property
    def is_used(self) -> bool:
        return bool(self.raw())

    @property
    def summary(self) -> str:
        """Return the patterns in use, in a few words; empty where there are none."""
        groups = self.raw().get("groups", ())
        return ", ".join(str(group.get("match", "")) for group in groups if isinstance(group, dict))

    def words(self) -> tuple[str, str, str]:
        tip = self.tr("Other hyperparameters, or another optimizer, for some of the weights")
        return self.tr("Groups"), tip, self.tr("Optimizer {number}").format(number=self._index + 1)

    def new_panel(self) -> Any:
        from .groups_form import GroupsPanel

        panel = GroupsPanel(self)
        panel.set_place(self._index)
        panel.show_entry(*self._entry, self._weights())
        panel.set_raw(self._raw)
        return panel

    def show_entry(self, optimizer: str, params: dict[str, Any]) -> None:
        """Take which optimizer and hyperparameters the entry has."""
        self._entry = optimizer, params
        if self._panel is not None:
            self._panel.show_entry(*self._entry, self._weights())
