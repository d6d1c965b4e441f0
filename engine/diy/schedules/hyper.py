"""What several schedules are told, in words for a person: see the optimizers' ``hyper``."""

from typing import Annotated

from ..optimizers.hyper import Hyperparameter

LEAST_FACTOR = 1e-100  # of a rate that torch multiplies by it and later divides again: what were 0 would stay 0
# A rate that a schedule lets grow (a gamma above 1) ends here: torch breaks off a step with a rate that float32
# cannot hold, divided by a 1 - beta1 as small as 1e-16 too, and of one so large nothing is left to be seen.
LARGEST_RATE = 1e20
LARGEST_ETA_MIN = 1e6  # a wave takes the difference to the rate: from there on, rounding would be seen in it

Gamma = Annotated[
    float,
    Hyperparameter(
        "Gamma",
        "What the rate is multiplied by each time: 0.1 leaves a tenth, 1 changes nothing, above 1 it grows.",
        live=False,
    ),
]
EtaMin = Annotated[
    float,
    Hyperparameter(
        "Lowest rate", "The learning rate at the bottom of the wave.", high=LARGEST_ETA_MIN, closed=True, live=False
    ),
]
CycleMomentum = Annotated[
    bool,
    Hyperparameter(
        "Cycle momentum",
        "Move the momentum (or Adam's beta 1) against the rate: low where the rate is high.",
        live=False,
    ),
]
BaseMomentum = Annotated[
    float,
    Hyperparameter("Lowest momentum", "The momentum (or beta 1) where the rate is highest.", high=1.0, live=False),
]
MaxMomentum = Annotated[
    float,
    Hyperparameter("Highest momentum", "The momentum (or beta 1) where the rate is lowest.", high=1.0, live=False),
]
