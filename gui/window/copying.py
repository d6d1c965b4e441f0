"""What is copied for a spreadsheet: the newest losses, a column a lane, in full."""

from math import isfinite

from engine.protocol import Frame
from engine.spec import ExperimentSpec
from gui.look.lanes import lanes_of
from gui.look.numbers import exact


def losses_as_text(spec: ExperimentSpec, frame: Frame) -> str:
    """Return a heading and a row, columns separated by tabs and named as ``losses.csv`` names them."""
    heading = ["step", *(lane.id for lane in lanes_of(spec))]
    losses = (exact(loss, spec.dtype) if isfinite(loss) else str(loss) for loss in frame.losses)
    return "\t".join(heading) + "\n" + "\t".join([str(frame.step), *losses]) + "\n"
