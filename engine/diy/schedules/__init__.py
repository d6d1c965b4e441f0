"""The learning rate's schedules, a file each, and the registry that lists them.

To add one, write its file and add its line below. A file holds

- ``Hyper``: a NamedTuple of torch's keyword arguments (``torch.optim.lr_scheduler``) with torch's defaults, each
  annotated with a :class:`~engine.diy.optimizers.hyper.Hyperparameter`; those that must be given have none;
- ``rate(t, lr, hyper)``: the learning rate after ``t`` steps, of the base rate ``lr`` or of an array of them;
- ``momentum(t, hyper)``, where it moves the momentum (or Adam's first beta) too; None where that is switched off;
- ``conflicts(hyper)``, where some values exclude each other: the field and why.

A schedule that looks at the loss has, in place of ``rate``, ``State``, ``init(lr, hyper)`` and
``observe(loss, state, hyper)``.
"""

from engine.diy import Shelf

_FILES = {
    "StepLR": "step_lr",
    "MultiStepLR": "multi_step_lr",
    "ConstantLR": "constant_lr",
    "LinearLR": "linear_lr",
    "ExponentialLR": "exponential_lr",
    "PolynomialLR": "polynomial_lr",
    "CosineAnnealingLR": "cosine_annealing_lr",
    "CosineAnnealingWarmRestarts": "cosine_annealing_warm_restarts",
    "CyclicLR": "cyclic_lr",
    "OneCycleLR": "one_cycle_lr",
    "ReduceLROnPlateau": "reduce_lr_on_plateau",
}

SCHEDULES = Shelf(__name__, _FILES)
