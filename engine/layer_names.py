"""The names that layers and their tensors have, after torch's modules: ``layer1``, ``layer1.weight`` …

Layers inside another are counted from 1 again, behind its name: ``layer5.1``, ``layer5.1.weight``.
"""

LAYER = "layer"
BUFFERS = ("running_mean", "running_var", "num_batches_tracked")


def is_buffer(name: str) -> bool:
    """Tell whether a tensor is neither trained nor made anew in each step: ``layer2.running_mean``."""
    return name.rpartition(".")[2] in BUFFERS


def layer_name(number: int, within: str = "") -> str:
    """Return the name of a layer, counted from 1, with which its tensors' and stages' names begin: ``layer1``.

    ``within``: the name of the layer that it is inside of.
    """
    return f"{within}.{number}" if within else f"{LAYER}{number}"


def layer_of(name: str) -> int:
    """Return the number of the layer that something is of: 2 of ``layer2.weight``, ``layer2.backward``, ``layer2``.

    Of what is inside another it is that one's: 5 of ``layer5.1.weight``. 0 of what is of no layer: ``loss``,
    ``point.weight``.
    """
    digits = name.partition(".")[0].removeprefix(LAYER)
    return int(digits) if digits.isdecimal() else 0


def owner_of(name: str) -> str:
    """Return the name of the innermost layer that something is of: ``layer5.1`` of ``layer5.1.weight``.

    Of what is of no layer it is what stands before the first dot: ``point`` of ``point.weight``.
    """
    outer, *rest = name.split(".")
    count = next((place for place, part in enumerate(rest) if not part.isdecimal()), len(rest))
    return ".".join((outer, *rest[:count])) if layer_of(name) else outer


def part_of(name: str) -> str:
    """Return what something is in the innermost layer that it is of: ``weight`` of ``layer5.1.weight``."""
    return name.removeprefix(owner_of(name)).removeprefix(".")


def layer_number(name: str) -> int | str:
    """Return the number of the layer that something is of, from 1, of one inside another as text: ``5.1``; 0: none."""
    label = layer_label(name) or "0"
    return int(label) if label.isdecimal() else label


def path_of(name: str) -> tuple[str | int, ...]:
    """Return where a layer stands in the experiment file: ``network.layers[4].layers[0]`` of ``layer5.1``."""
    numbers = layer_label(name).split(".")
    return ("network", *(part for number in numbers for part in ("layers", int(number) - 1)))


def layer_label(name: str) -> str:
    """Return a layer's number as a person says it: ``5.1`` of ``layer5.1.weight``; empty of what is of no layer."""
    return owner_of(name).removeprefix(LAYER) if layer_of(name) else ""
