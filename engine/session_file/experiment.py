"""An experiment in a session's file: the JSON that its own file has, with many numbers apart as arrays.

``{"data": {"x": {"array": 0, "kind": "Matrix", "columns": 4}}}`` stands for ``<place>/0.npy``; ``typed`` beside them is
what was typed over, cell by cell, of an experiment that is being edited.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.spec import (
    Classes,
    CodeSpec,
    DataFile,
    Edited,
    ExperimentSpec,
    FileStart,
    GivenStart,
    Matrix,
    Numbers,
    Source,
    Standard,
    Vector,
)
from engine.spec.data import Data, Layout

from .archive import Archive, Member, array_member
from .damage import damaged
from .logs import log_members, with_logs

KEPT = 2_000  # numbers in one place; more stand apart as an array
KINDS: dict[str, Any] = {"Matrix": ("<f8", Matrix), "Vector": ("<f8", Vector), "Classes": ("<i8", Classes)}


def raw_members(place: str, raw: Mapping[str, Any]) -> list[Member]:
    """Return the members that hold an experiment's structure, as typed or of a file, at ``<place>.json``."""
    arrays: list[Array] = []

    def apart(value: Any) -> Any:
        base = value.base if isinstance(value, Edited) else value
        if not isinstance(base, Numbers):
            raise TypeError(f"{type(value).__name__} is nothing of an experiment's")
        if base.values.dtype == object or (isinstance(base, Matrix) and base.uneven):
            return value.tolist()
        arrays.append(base.values)
        told: dict[str, Any] = {"array": len(arrays) - 1, "kind": type(base).__name__}
        told |= {"columns": base.columns} if isinstance(base, Matrix) else {}
        return told | ({"typed": list(value.typed.items())} if isinstance(value, Edited) else {})

    text = json.dumps(raw, default=apart, ensure_ascii=False, indent=1).encode()
    return [(f"{place}.json", (text,)), *(array_member(f"{place}/{n}.npy", one) for n, one in enumerate(arrays))]


def read_raw(archive: Archive, place: str) -> dict[str, Any]:
    """Return the structure again. Raises Damaged."""
    raw = archive.json(f"{place}.json")
    if not isinstance(raw, dict):
        damaged("an experiment that is none")
    start = raw.get("start")
    for group in (raw.get("data"), start.get("weights") if isinstance(start, dict) else None):
        if isinstance(group, dict):
            told = {key: value for key, value in group.items() if isinstance(value, dict) and "array" in value}
            group.update({key: _numbers(archive, place, value) for key, value in told.items()})
    return raw


def _numbers(archive: Archive, place: str, told: dict[str, Any]) -> Numbers | Edited:
    kind = told.get("kind")
    if kind not in KINDS:
        damaged("numbers of a kind that none are")
    dtype, made = KINDS[kind]
    values = archive.array(f"{place}/{told['array']}.npy")
    if values.dtype.str != dtype or values.ndim != 1:
        damaged("numbers of another kind than they say")
    if not (np.isfinite(values).all() if dtype == "<f8" else (values >= 0).all()):
        damaged("numbers that are none")
    numbers = _matrix(values, told.get("columns")) if made is Matrix else made(values)
    typed = told.get("typed", [])
    if not typed:
        return numbers
    try:
        cells = {tuple(at): value for at, value in typed}
        is_fitting = all(_is_in(numbers, at) for at in cells)
    except (TypeError, ValueError, LookupError):
        damaged("cells that are none")
    if not is_fitting:
        damaged("cells that are none")
    return Edited(numbers, cells)


def _is_in(numbers: Numbers, at: tuple[int, ...]) -> bool:
    sizes = (len(numbers), numbers.columns) if isinstance(numbers, Matrix) else (len(numbers),)
    return len(at) == len(sizes) and all(type(n) is int and 0 <= n < size for n, size in zip(at, sizes, strict=True))


def _matrix(values: Array, columns: Any) -> Matrix:
    if type(columns) is not int or columns < 1 or len(values) % columns:
        damaged("a matrix that is none")
    return Matrix(values, np.full(len(values) // columns, columns, np.int64))


def spec_members(place: str, spec: ExperimentSpec) -> list[Member]:
    """Return the members of a checked experiment, with the texts of the code that it follows as of now.

    Data and logs of files are there as numbers, so that the run can go on wherever the session is opened; what data
    were read from is told beside them.
    """
    texts = {name: one.text for name, one in (spec.code or {}).items() if one.path is not None}
    raw, source = spec.as_typed(keep=KEPT), None
    if spec.data is not None and spec.data.source is not None:
        raw["data"], source = _numbers_in(spec.data), _source_told(spec.data.source)
    members = [*raw_members(place, raw), *log_members(place, spec)]
    told = {f"{place}_code.json": texts, f"{place}_source.json": source}
    if isinstance(spec.start, GivenStart) and spec.start.read_from is not None:
        told[f"{place}_start.json"] = spec.start.read_from.model_dump(mode="json")
    return [*members, *((name, (json.dumps(one).encode(),)) for name, one in told.items())]


def _numbers_in(data: Data) -> dict[str, Any]:
    """Return data as an experiment's file has them that holds them itself."""
    plain = data.unlinked()
    y = Classes(plain.y.as_type("int64")) if isinstance(plain.y, Classes) else _whole(plain.y)
    return plain.model_dump(mode="json", exclude={"x", "y"}) | {"x": _whole(plain.x), "y": y}


def _whole(numbers: Matrix) -> Matrix:
    """Return numbers, of a file perhaps that has them shorter, as arrays of a session have them."""
    return Matrix(numbers.as_type("float64").reshape(-1), numbers.widths)


def _source_told(source: Source) -> dict[str, Any]:
    layout = None if source.layout is None else source.layout._asdict()
    standard = None if source.standard is None else source.standard._asdict()
    about = {"columns": source.columns, "place": source.place, "layout": layout, "standard": standard}
    return {"asked": source.asked.model_dump(mode="json"), **about}


def _linked(data: Data, told: Any) -> Data:
    """Return the data as read from the file that is told of. Raises Damaged."""
    try:
        layout = None if told["layout"] is None else Layout(**_tuples(told["layout"]))
        standard = None if told["standard"] is None else Standard(**_tuples(told["standard"]))
        asked = DataFile.model_validate(told["asked"])
        return data.linked(asked, tuple(map(str, told["columns"])), standard, str(told["place"]), layout)
    except (KeyError, TypeError, ValueError):
        damaged("data of a file that is none")


def _start_of(archive: Archive, place: str, spec: ExperimentSpec) -> ExperimentSpec:
    """Return the experiment with its weights as read from the file that is told of. Raises Damaged."""
    name = f"{place}_start.json"
    if name not in archive.names or not isinstance(spec.start, GivenStart):
        return spec
    try:
        start = spec.start.of_file(FileStart.model_validate(archive.json(name)))
    except ValueError:
        damaged("weights of a file that is none")
    return spec.model_copy(update={"start": start})


def _tuples(told: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


def read_spec(archive: Archive, place: str) -> ExperimentSpec:
    """Return the experiment again. Raises Damaged, and ExperimentError where it is none that can be run."""
    from engine.spec import check

    spec = with_logs(archive, place, check(read_raw(archive, place)))
    spec = _start_of(archive, place, spec)
    texts = archive.json(f"{place}_code.json")
    source = archive.json(f"{place}_source.json")
    if source is not None and spec.data is not None:
        spec = spec.model_copy(update={"data": _linked(spec.data, source)})
    if not isinstance(texts, dict) or any(not isinstance(one, str) for one in texts.values()):
        damaged("code that is none")
    files: dict[str, CodeSpec] = dict(spec.code or {})
    for name, text in texts.items():
        if name not in files:
            damaged("code of a file that the experiment does not have")
        files[name] = files[name].model_copy(update={"text": text})
    return spec.model_copy(update={"code": files}) if texts else spec
