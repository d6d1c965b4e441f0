"""The names that layers and their tensors have, after torch's modules: ``layer1``, ``layer1.weight`` …"""

LAYER = "layer"
BUFFERS = ("running_mean", "running_var", "num_batches_tracked")


def is_buffer(name: str) -> bool:
    """Tell whether a tensor is neither trained nor made anew in each step: ``layer2.running_mean``."""
    return name.rpartition(".")[2] in BUFFERS


def layer_name(number: int) -> str:
    """Return the name of a layer, counted from 1, with which its tensors' and stages' names begin: ``layer1``."""
    return f"{LAYER}{number}"


def layer_of(name: str) -> int:
    """Return the number of the layer that something is of: 2 of ``layer2.weight``, ``layer2.backward``, ``layer2``.

    0 of what is of no layer: ``loss``, ``point.weight``.
    """
    digits = name.partition(".")[0].removeprefix(LAYER)
    return int(digits) if digits.isdecimal() else 0
