"""What ``python main.py compare --surface`` is asked for: over which plane the loss is drawn, and how finely."""

import argparse
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from engine.protocol import MainPlane, Plane, RandomPlane, StartSurface, WeightPlane
from engine.spec import ExperimentError, ExperimentSpec, Fault, shapes_of
from engine.spec.faults import listed, shown, unknown_name
from engine.spec.part import LARGEST_SEED

PLANES = ("main", "random", "weights")
POINTS, MOST_POINTS = 101, 1001  # a side
FITS = {  # which planes an option is of
    **{"weights": ("weights",), "at": ("random", "weights"), "seed": ("random",)},
    **{"points": PLANES, "extent": PLANES},
}
_WEIGHT = re.compile(r"(?P<tensor>[\w.]+)\[(?P<index>\d+(?:, *\d+)*)\]")


class SurfaceAsked(NamedTuple):
    """Hold the plane that was asked for; ``origin``: the entry through whose last weights it lies, None: the start."""

    plane: Plane
    origin: int | None = None
    points: int = POINTS
    extent: tuple[float, float, float, float] | None = None

    @property
    def command(self) -> StartSurface:
        return StartSurface(0, 0, self.plane, self.extent, self.points, self.origin)


def add_surface_options(
    parser: argparse.ArgumentParser, positive: Callable[[str], int], finite: Callable[[str], float]
) -> None:
    """Add the options of ``compare`` that are about the loss over a plane."""
    parser.add_argument(
        "--surface", choices=PLANES,
        help="write the loss over a plane to DIR as surface.npz, PNG and SVG: that of the paths' main directions, of "
        "two random ones, or of two weights",
    )  # fmt: skip
    parser.add_argument(
        "--surface-weights", nargs=2, metavar=("A", "B"), help="the two weights, such as 'layer1.weight[0,1]'"
    )
    parser.add_argument("--surface-at", metavar="LABEL", help="whose last weights the plane goes through (the start)")
    parser.add_argument("--surface-seed", type=int, metavar="S", help="of the random directions (0)")
    parser.add_argument(
        "--surface-points", type=positive, metavar="N", help=f"numbers a side, at most {MOST_POINTS:,} ({POINTS})"
    )
    parser.add_argument(
        "--surface-extent", nargs=4, type=finite, metavar=("X0", "X1", "Y0", "Y1"),
        help="from where to where (around the paths)",
    )  # fmt: skip


def surface_asked(spec: ExperimentSpec, arguments: argparse.Namespace) -> SurfaceAsked | None:
    """Return the surface that the options ask for; None where they ask for none. Raises ExperimentError."""
    kind: str | None = arguments.surface
    given = {name: getattr(arguments, f"surface_{name}") for name in FITS}
    faults = [
        Fault((f"--surface-{name}",), "surface_option", {"kinds": listed([f"--surface {one}" for one in FITS[name]])})
        for name, value in given.items()
        if value is not None and kind not in FITS[name]
    ]
    if kind not in (None, "main") and spec.problem is not None:
        faults.append(Fault(("--surface",), "surface_of_function"))
    if not 0 <= (given["seed"] or 0) <= LARGEST_SEED:
        told = {"accepted": f"≥ 0 and ≤ {LARGEST_SEED}", "given": shown(given["seed"])}
        faults.append(Fault(("--surface-seed",), "out_of_range", told))
    if (given["points"] or 2) not in range(2, MOST_POINTS + 1):
        told = {"accepted": f"≥ 2 and ≤ {MOST_POINTS:,}", "given": shown(given["points"])}
        faults.append(Fault(("--surface-points",), "out_of_range", told))
    if kind == "weights" and given["weights"] is None:
        faults.append(Fault(("--surface-weights",), "missing"))
    if kind is not None and arguments.out is None:
        faults.append(Fault(("--out",), "missing"))
    if faults:
        raise ExperimentError(faults)
    if kind is None:
        return None
    extent = given["extent"] and tuple(given["extent"])
    return SurfaceAsked(_plane(spec, kind, given), _origin(spec, given["at"]), given["points"] or POINTS, extent)


def _plane(spec: ExperimentSpec, kind: str, given: dict[str, Any]) -> Plane:
    if kind == "weights":
        first, second = (_weight(spec, text) for text in given["weights"])
        return WeightPlane(first, second)
    return MainPlane() if kind == "main" else RandomPlane(given["seed"] or 0)


def _weight(spec: ExperimentSpec, text: str) -> tuple[str, tuple[int, ...]]:
    """Return a weight's tensor and its place there."""
    path, shapes = ("--surface-weights",), shapes_of(spec)
    found = _WEIGHT.fullmatch(text.strip())
    if found is None:
        name, shape = next(iter(shapes.items()))
        words = {"given": shown(text), "like": f"{name}[{', '.join('0' for _ in shape)}]"}
        raise ExperimentError([Fault(path, "surface_weight", words)])
    if found["tensor"] not in shapes:
        raise ExperimentError([unknown_name(path, found["tensor"], tuple(shapes))])
    shape, index = shapes[found["tensor"]], tuple(map(int, found["index"].split(",")))
    if len(index) != len(shape) or any(place >= size for place, size in zip(index, shape, strict=True)):
        words = {"given": shown(text), "shape": " × ".join(map(str, shape))}
        raise ExperimentError([Fault(path, "surface_weight_beyond", words)])
    return found["tensor"], index


def _origin(spec: ExperimentSpec, label: str | None) -> int | None:
    if label is None:
        return None
    if label not in spec.labels:
        raise ExperimentError([unknown_name(("--surface-at",), label, spec.labels)])
    return spec.labels.index(label)
