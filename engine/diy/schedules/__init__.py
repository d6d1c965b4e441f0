"""The learning rate's schedules, a file each, and the registry that finds them.

To add one, write its file. It holds

- ``TORCH``: torch's class of it, ``torch.optim.lr_scheduler.StepLR``; ``NAME``: what an experiment calls it, where
  that is not the file's name;
- ``Hyper``: a NamedTuple of torch's keyword arguments with torch's defaults, each
  annotated with a :class:`~engine.diy.optimizers.hyper.Hyperparameter`; those that must be given have none;
- ``rate(t, lr, hyper)``: the learning rate after ``t`` steps, of the base rate ``lr`` or of an array of them;
- ``momentum(t, hyper)``, where it moves the momentum (or Adam's first beta) too; None where that is switched off;
- ``conflicts(hyper)``, where some values exclude each other: the field and why.

A schedule that looks at the loss has, in place of ``rate``, ``State``, ``init(lr, hyper)`` and
``observe(loss, state, hyper)``.
"""

from engine.diy import Registry

ORDER = (
    "StepLR",
    "MultiStepLR",
    "ConstantLR",
    "LinearLR",
    "ExponentialLR",
    "PolynomialLR",
    "CosineAnnealingLR",
    "CosineAnnealingWarmRestarts",
    "CyclicLR",
    "OneCycleLR",
    "ReduceLROnPlateau",
)

SCHEDULES = Registry(__name__, ORDER)
