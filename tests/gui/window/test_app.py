"""What the program does around its window."""

import gc

from gui.window.app import keep_pauses_short
from tests.gui.windows import Desk


def test_what_the_whole_window_is_made_of_is_not_looked_through_for_garbage(desk: Desk) -> None:
    """Measured: a tenth of a second with the window standing still, each time."""
    window = desk.start().window
    keep_pauses_short(window)
    before = gc.get_freeze_count()
    try:
        assert window.debugging is not None
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
