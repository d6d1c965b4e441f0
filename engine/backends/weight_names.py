"""Which of a file's arrays is which weight: by Lockstep's names, those of torch's ``nn.Sequential``, or in their order.

Names of ours are ``layer1.weight``, those of ``nn.Sequential`` ``0.weight``, whatever stands between; before either may
stand what wrapped the model: ``model.``, ``module.``, ``_orig_mod.`` …
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from engine.layer_names import is_buffer, owner_of, part_of
from engine.spec import ExperimentSpec, ShapedLayer, layers_in, name_and_params, shapes_of, start_buffers
from engine.spec.faults import counted, listed
from engine.spec.numbers_error import NumbersError

IDENTITY = "identity"
LANES = re.compile(r"(?P<lane>[^/]+/(?:diy|torch|log|reference))/(?P<name>[^/]+)")


def sequential_names(spec: ExperimentSpec) -> dict[str, str]:
    """Return the name that each weight and buffer has in torch's ``nn.Sequential``, by ours.

    Each layer is a module of it, and so is each activation but the identity; a residual's layers are ``inside`` it. A
    test function's point keeps its name.
    """
    owners: dict[str, str] = {}
    if spec.network is not None:
        _number([layer for layer in layers_in(spec) if not layer.is_inside], "", owners)
    names = [*shapes_of(spec), *start_buffers(spec)]
    return {name: f"{owners.get(owner_of(name), owner_of(name))}.{part_of(name)}" for name in names}


def _number(layers: Sequence[ShapedLayer], within: str, owners: dict[str, str]) -> None:
    place = 0
    for layer in layers:
        owners[layer.name] = f"{within}{place}"
        _number(layer.inside, f"{within}{place}.inside.", owners)
        place += 1 if name_and_params(layer.activation)[0] == IDENTITY else 2


def of_lane(names: Sequence[str], lane: str | None) -> dict[str, str]:
    """Return a file's names by those without a lane's ``<label>/<backend>/``.

    Raises NumbersError where there are several lanes and none is said, or the one that is said is not there.
    """
    matches = {name: LANES.fullmatch(name) for name in names}
    found = list(dict.fromkeys(match["lane"] for match in matches.values() if match))
    if lane is not None:
        if lane not in found:
            raise NumbersError("weights_no_lane", known=listed(found) or "–")
        return {match["name"]: name for name, match in matches.items() if match and match["lane"] == lane}
    if not all(matches.values()) or not names:
        return {name: name for name in names}
    if len(found) > 1:
        raise NumbersError("weights_lane", known=listed(found))
    return {match["name"]: name for name, match in matches.items() if match}


def lanes_in(names: Iterable[str]) -> list[str]:
    """Return the lanes that a file has weights of, in its order."""
    return list(dict.fromkeys(match["lane"] for name in names if (match := LANES.fullmatch(name))))


def matched(names: Sequence[str], spec: ExperimentSpec) -> dict[str, str]:
    """Return the file's name of each weight and buffer, by ours. Raises NumbersError where none fits, or too few do.

    Buffers may be missing.
    """
    wanted, buffers = list(shapes_of(spec)), list(start_buffers(spec))
    found = known_names(names, spec, [*wanted, *buffers])
    if found is None:
        examples = listed([wanted[0], sequential_names(spec)[wanted[0]]])
        raise NumbersError("weights_unknown", known=examples, found=listed(names))
    missing = [name for name in wanted if name not in found]
    if missing:
        raise NumbersError("weights_missing", known=listed(missing), found=listed(names))
    taken = set(found.values())
    left = [name for name in names if name not in taken and not name.endswith("num_batches_tracked")]
    if left:
        raise NumbersError("weights_left_over", found=listed(left), known=listed(wanted))
    return found


def known_names(names: Sequence[str], spec: ExperimentSpec, wanted: Sequence[str]) -> dict[str, str] | None:
    """Return the file's name of each that is ``wanted``, as far as it is there; None where no name is known."""
    bare = {name: name for name in names}
    while True:
        if any(name in bare for name in wanted):
            return {name: bare[name] for name in wanted if name in bare}
        if (found := _numbered(bare, spec, wanted)) is not None:
            return found
        first = {name.partition(".")[0] for name in bare}
        if len(first) != 1 or any(name.count(".") < 2 for name in bare):
            return None
        bare = {name.partition(".")[2]: whole for name, whole in bare.items()}


def _numbered(bare: Mapping[str, str], spec: ExperimentSpec, wanted: Sequence[str]) -> dict[str, str] | None:
    """Return those of a ``nn.Sequential``, layer by layer in the order of its numbers; None where it is none."""
    if not bare or not all(name[:1].isdigit() for name in bare):
        return None
    exact = {ours: bare[theirs] for ours, theirs in sequential_names(spec).items() if theirs in bare and ours in wanted}
    if len(exact) == len(bare):
        return exact
    theirs = sorted(dict.fromkeys(_module_of(name) for name in bare), key=_in_order)
    ours = [layer.name for layer in layers_in(spec) if layer.weights or layer.buffers]
    if len(theirs) != len(ours):
        return exact or None
    module = dict(zip(ours, theirs, strict=True))
    pairs = {name: f"{module.get(owner_of(name))}.{part_of(name)}" for name in wanted}
    found = {name: bare[theirs] for name, theirs in pairs.items() if theirs in bare}
    return found or None


def _module_of(name: str) -> str:
    """Return the module that a tensor is of: ``4.inside.0`` of ``4.inside.0.weight``."""
    parts = name.split(".")
    last = max((place for place, part in enumerate(parts) if part.isdecimal()), default=0)
    return ".".join(parts[: last + 1])


def _in_order(name: str) -> list[tuple[bool, int, str]]:
    """Sort numbers as numbers."""
    parts = [part for part in re.split(r"[./]|(\d+)", name) if part]
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def in_file_order(names: Sequence[str], spec: ExperimentSpec, *, sort: bool) -> dict[str, str]:
    """Return the file's names of weights and buffers, by ours, taken one after another.

    ``sort``: the file keeps no order, and its names' is taken. Raises NumbersError where their number is another.
    """
    names = sorted(names, key=_in_order) if sort else list(names)
    wanted, buffers = list(shapes_of(spec)), list(start_buffers(spec))
    theirs = [name for name in names if not is_buffer(name)]
    if len(theirs) != len(wanted):
        found, expected = counted(len(theirs), "array"), counted(len(wanted), "weight")
        raise NumbersError("weights_count", found=found, expected=expected)
    found = dict(zip(wanted, theirs, strict=True))
    for part in dict.fromkeys(part_of(name) for name in buffers):
        own = [name for name in buffers if part_of(name) == part]
        other = [name for name in names if name.rpartition(".")[2] == part]
        found |= {ours: one for ours, one in zip_longest(own, other[: len(own)]) if one is not None}
    return found
