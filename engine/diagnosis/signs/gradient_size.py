"""A gradient that fades or grows on its way back through the layers."""

from collections.abc import Iterator

import numpy as np

from engine.diagnosis.evidence import Evidence, LayerPass
from engine.protocol import Diagnosis, Place

LAYERS = 3  # of which at least is a way to speak of
TIMES = 1e3  # larger or smaller than at the last layer


def find(evidence: Evidence) -> Iterator[Diagnosis | None]:
    """Compare each layer's dL/dz with the last one's, by the root of their mean squares."""
    layers = evidence.passes.layers
    if len(layers) < LAYERS or not evidence.passes.is_finite:
        return
    sizes = [_size(one) for one in layers]
    if sizes[-1] == 0:
        return
    ratios = [size / sizes[-1] for size in sizes]
    largest, smallest = int(np.argmax(ratios)), int(np.argmin(ratios))
    if ratios[largest] >= TIMES:
        yield _told("exploding", evidence, layers[largest], ratios[largest])
    elif ratios[smallest] <= 1 / TIMES:
        yield _told("vanishing", evidence, layers[smallest], ratios[smallest])


def _size(one: LayerPass) -> float:
    return float(np.sqrt(np.mean(np.square(one.dL_dz, dtype=np.float64))))


def _told(kind: str, evidence: Evidence, one: LayerPass, ratio: float) -> Diagnosis:
    weight = next(iter(name for name in evidence.passes.grads if name.startswith(f"{one.layer.name}.")), "")
    return Diagnosis(kind, evidence.entry, {"layer": one.number, "ratio": ratio}, Place("maps", weight))
