"""What several schedules are told, in words for a person: see the optimizers' ``hyper``."""

from typing import Annotated

from ..optimizers.hyper import Hyperparameter

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
    Hyperparameter("Lowest rate", "The learning rate at the bottom of the wave.", live=False),
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
