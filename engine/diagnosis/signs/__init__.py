"""The signs, a file each: ``find(evidence)`` yields what is found of an entry, and None now and then while it works.

``SIGNS`` has them in order: what comes first explains what comes later.
"""

from collections.abc import Callable, Iterator

from engine.diagnosis.evidence import Evidence
from engine.protocol import Diagnosis

from . import (
    bias_before_norm,
    gradient_size,
    loss_has_its_own,
    not_finite,
    out_of_reach,
    plateau,
    rate_too_large,
    unscaled_inputs,
    useless_units,
)

Sign = Callable[[Evidence], Iterator[Diagnosis | None]]

SIGNS: tuple[Sign, ...] = (
    not_finite.find,
    rate_too_large.find,
    loss_has_its_own.find,
    out_of_reach.find,
    useless_units.find,
    gradient_size.find,
    unscaled_inputs.find,
    bias_before_norm.find,
    plateau.find,
)
