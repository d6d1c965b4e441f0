"""Many rows, which a script loads from the file that the experiment names, with NumPy alone and to the very bit."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.spec import ExperimentSpec, RowsSplit, Source, inputs_type
from engine.spec.data import Data, Layout

from .literals import READ

IMPORT = "import numpy as np"


def is_loaded(spec: ExperimentSpec) -> bool:
    """Tell whether a script loads its rows: they are too many to be read, and NumPy reads their file as it is."""
    data = spec.data
    return data is not None and data.source is not None and data.source.layout is not None and data.x.values.size > READ


def loading(spec: ExperimentSpec) -> str:
    """Return the lines that make x and y, NumPy's arrays of the rows that train."""
    assert spec.data is not None
    assert spec.data.source is not None
    return "\n".join(_lines(spec, spec.data, spec.data.source))


def _lines(spec: ExperimentSpec, data: Data, source: Source) -> Iterator[str]:
    layout = source.layout or Layout()
    yield f"DATA = {str(Path(source.place).resolve())!r}"
    suffix = Path(source.place).suffix.lower()
    if suffix in (".npy", ".npz"):
        yield from _of_arrays(source, layout, suffix)
    else:
        yield from _of_text(layout, data.classes is not None)
    if data.classes is not None:
        names = list(data.classes)
        yield f"CLASSES = {names!r}"
        yield "y = np.array([CLASSES.index(str(label).strip()) for label in labels])"
    if data.test is not None:
        yield from _rows(data)
    if source.standard is not None:
        trained = "x" if data.test is None else "x[rows]"
        yield f"mean, deviation = {trained}.mean(axis=0), {trained}.std(axis=0)"
        yield "x = (x - mean) / np.where(deviation == 0, 1.0, deviation)"
    taken = "" if data.test is None else "[rows]"
    shape = "" if data.shape is None else f".reshape(-1, {', '.join(map(str, data.row_shape))})"
    yield f'x = x{taken}.astype("{inputs_type(spec)}"){shape}'
    yield f"y = y{taken}" if data.has_classes else f'y = y{taken}.astype("{spec.dtype}")'


def _rows(data: Data) -> Iterator[str]:
    """Yield the line that draws the rows that train."""
    if isinstance(data.test, RowsSplit):
        yield f"rows = np.setdiff1d(np.arange(len(x)), {sorted(data.test.rows)})"
    elif data.test is not None:
        drawn = f"np.random.default_rng({data.test.seed}).permutation(len(x))"
        yield f"rows = np.sort({drawn}[{data.test_count}:])"


def _of_text(layout: Layout, has_classes: bool) -> Iterator[str]:
    separator = "" if layout.separator == " " else f"delimiter={layout.separator!r}, "
    how = f'{separator}skiprows={layout.skipped}, comments=None, encoding="utf-8-sig"'
    yield f"x = np.loadtxt(DATA, {how}, usecols={_columns(layout.x)}, ndmin=2)"
    if has_classes:
        yield f"labels = np.loadtxt(DATA, {how}, usecols={layout.y[0]}, dtype=str, ndmin=1)"
    else:
        yield f"y = np.loadtxt(DATA, {how}, usecols={_columns(layout.y)}, ndmin=2)"


def _of_arrays(source: Source, layout: Layout, suffix: str) -> Iterator[str]:
    asked = source.asked
    if suffix == ".npy":
        yield "table = np.load(DATA)"
        yield "table = table.reshape(len(table), -1)"
        parts = {"x": f"table[:, {_columns(layout.x)}]", "y": f"table[:, {_columns(layout.y)}]"}
    else:
        yield "arrays = np.load(DATA)"
        parts = {"x": _joined(layout.arrays), "y": _joined(tuple(map(str, asked.y)))}
    double = "" if source.standard is None else '.astype("float64")'
    yield f"x = {parts['x']}{double}"
    yield f"{'labels' if asked.classes else 'y'} = {parts['y']}"
    if asked.classes:
        yield "labels = [int(label) if label.dtype.kind in 'fiub' else label for label in labels[:, 0]]"


def _joined(names: Sequence[str]) -> str:
    arrays = [f"arrays[{name!r}].reshape(len(arrays[{name!r}]), -1)" for name in names]
    return arrays[0] if len(arrays) == 1 else f"np.concatenate([{', '.join(arrays)}], axis=1)"


def _columns(places: Sequence[int]) -> str:
    first = places[0]
    if len(places) > 3 and tuple(places) == tuple(range(first, first + len(places))):
        return f"range({first}, {first + len(places)})"
    return str(list(places))
