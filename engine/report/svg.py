"""Pictures without a window, as SVG text or as PNG. matplotlib is loaded when the first is drawn: that takes a second.

Equal numbers make equal texts: ids come from a fixed salt, and no date is in it. Words stay words, which are found,
copied and read aloud; a letter that matplotlib's own font lacks is drawn by the viewer's.
"""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

DPI = 200  # of a picture of pixels
INK, MUTED, GRID, GROUND = "#1b1f24", "#5a6472", "#d9dde3", "#ffffff"

_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "lockstep",
    "svg.fonttype": "none",
    "font.size": 9,
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "axes.unicode_minus": False,
    "text.parse_math": False,  # a label may have a $ in it
    "path.simplify_threshold": 0.25,
    **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"), INK),
    "axes.linewidth": 0.6,
    "grid.color": GRID,
    "grid.linewidth": 0.5,
}
_NO_METADATA: dict[Any, Any] = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def load() -> Iterator[None]:
    """Load matplotlib a part at a time, for whom a second at once is too long."""
    for part in ("matplotlib", "matplotlib.figure", "matplotlib.backends.backend_svg"):
        import_module(part)
        yield None


def svg(size: tuple[float, float], draw: Callable[[Any], None], *, clear: bool = False) -> str:
    """Return the text of a picture of ``size`` inches that ``draw`` puts into a matplotlib Figure.

    ``clear``: without a ground of its own.
    """
    from matplotlib.figure import Figure

    with _styled():
        figure = Figure(figsize=size, layout="constrained")
        draw(figure)
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata=_NO_METADATA, transparent=clear)
    return re.sub(r'(?<= d=")[^"]*', _rounded, written.getvalue())


def png(size: tuple[float, float], draw: Callable[[Any], None]) -> bytes:
    """Return the same as a picture of pixels, on white."""
    from matplotlib.figure import Figure

    with _styled():
        figure = Figure(figsize=size, layout="constrained")
        draw(figure)
        written = io.BytesIO()
        figure.savefig(written, format="png", dpi=DPI, metadata={"Software": None})
    return written.getvalue()


@contextmanager
def _styled() -> Iterator[None]:
    import matplotlib as mpl

    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)
        yield


def _rounded(path: re.Match[str]) -> str:
    """Round a path to hundredths of a point: more cannot be seen, and makes files large."""
    return re.sub(r"(\.\d\d)\d+", r"\1", path[0])


def label_powers(axis: Any) -> None:
    """Label an axis with powers of ten as numbers, which every viewer of SVG shows: ``0.001``, ``1e-9``."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: power(value)))
    axis.set_minor_formatter(NullFormatter())


def power(value: float) -> str:
    """Write a power of ten as short as it goes."""
    return f"{value:g}".replace("e-0", "e-").replace("e+0", "e+")
