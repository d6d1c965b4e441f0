"""What layers ask of the rest that train otherwise than they are evaluated: several rows, one pass a step."""

from collections.abc import Iterator, Mapping
from math import prod

from engine.diy.optimizers import OPTIMIZERS
from engine.layer_names import layer_label

from .data import Data
from .faults import Fault
from .hyperparameters import layer_module
from .layers import row_of, shaped_layers
from .model import Batch, NetworkSpec, OptimizerSpec


def batch_faults(network: NetworkSpec, data: Data, batch: Batch) -> Iterator[Fault]:
    """Find batches of fewer rows than a layer takes to train on, as torch would only when it comes to one."""
    rows = len(data.x) - data.test_count
    size = max(min(batch.size or rows, rows), 1)
    last = rows % size or size
    for layer in shaped_layers(network.layers, data.row_shape):
        places = prod(layer.inputs) // prod(row_of(layer.kind, layer.inputs))
        least = -(-getattr(layer_module(layer.kind), "LEAST_ROWS", 1) // places)
        fields = {"layer": layer_label(layer.name), "kind": layer.kind, "least": least}
        if least == 1:
            continue
        if rows < least:
            yield Fault(("data", "x"), "too_few_rows", fields)
        elif size < least:
            yield Fault(("batch", "size"), "too_small_a_batch", fields)
        elif last < least:
            yield Fault(("batch", "size"), "too_small_a_rest", {**fields, "rows": rows, "rest": last})
        else:
            continue
        return


def closure_faults(entries: Mapping[int, OptimizerSpec], network: NetworkSpec) -> Iterator[Fault]:
    """Find optimizers that would move a layer's running averages several times a step."""
    modes = [(layer_label(layer.name), layer.kind) for layer in shaped_layers(network.layers, (1,)) if layer.has_mode]
    for index, entry in entries.items():
        if modes and hasattr(OPTIMIZERS.get(entry.name), "minimize"):
            number, kind = modes[0]
            fields = {"layer": number, "kind": kind, "name": entry.name}
            yield Fault(("optimizers", index, "name"), "closure_of_mode", fields)
