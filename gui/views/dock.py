"""What a dock of the window holds, where it is at first, and which there are.

To add a dock: a file with a subclass of ``Dock`` and a function ``make_dock(session)``, and its name in ``DOCKS``.
"""

from PySide6.QtCore import Qt

from .run_view import RunView

DOCKS = [
    "gui.forms.experiment_form",
    "gui.views.maps.heatmaps",
    "gui.views.parity.parity_strip",
    "gui.views.learn.learn_panel",
]


class Dock(RunView):
    """Show a part of a run at a side of the window.

    ``name`` is what a kept layout knows it by. ``area``: the side of the window at which it is, ``extent`` how wide
    (at the left and the right) or high (below) it is there, in pixels, until a person gives it another place.
    ``is_open``: whether it is there before anybody has opened it.
    """

    name: str
    area = Qt.DockWidgetArea.BottomDockWidgetArea
    extent = 120
    is_open = True

    @property
    def title(self) -> str:
        """Return what stands above it and in the menu."""
        return self.name
