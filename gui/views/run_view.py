"""What a view of the run is to the window: told of the experiment, of every frame, and of edits that wait."""

from typing import Protocol

from engine.protocol import Frame
from engine.spec import ExperimentSpec
from gui.look.theme import Theme


class RunView(Protocol):
    """Show a run: the plot in the middle, or what a dock holds."""

    def set_experiment(self, spec: ExperimentSpec | None) -> None:
        """Show another experiment, or the same with other colours."""

    def show_frame(self, frame: Frame) -> None:
        """Show the run where it stands; a frame carries what was asked for."""

    def clear(self) -> None:
        """Go back to before the first step."""

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""

    def set_stale(self, stale: bool) -> None:
        """Mark what is shown as from before an edit."""
