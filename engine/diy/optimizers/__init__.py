"""The optimizers, a file each, and the registry that finds them.

To add one, write its file. It holds

- ``TORCH``: torch's class of it, ``torch.optim.SGD``; ``NAME``: what an experiment calls it, where it is not the file's
  name;
- ``Hyper``: a NamedTuple of torch's keyword arguments with torch's defaults, each annotated with a
  :class:`~engine.diy.optimizers.hyper.Hyperparameter`;
- ``State``: a NamedTuple of what the optimizer remembers of one weight, in the paper's symbols;
- ``TORCH_STATE``: the symbol of each state entry that torch keeps too, and torch's name for it;
- ``init(weight) -> State`` and ``update(grad, state, weight, hyper) -> (weight, State)``, which
  changes nothing in place; or, where it moves all weights at once, as one vector, and evaluates the loss
  several times, ``minimize(loss, grad, evaluate, weight, state, hyper) -> (weight, State)``;
- ``state_shapes(shape)``, where not all state entries but ``t`` are shaped as the weight: the shape of each entry
  that a weight of that shape has;
- ``WHOLE_WEIGHTS = True``, where an element's step depends on the weight's other elements too, and ``MATRICES_ONLY``,
  where the weight must be a matrix;
- ``parts(change)``, which explains the change of an element in parts, where no file in ``engine/explain/updates`` does:
  a kind, a formula and a number each;
- ``conflicts(hyper)``, where some values exclude each other: the field and why.
"""

from engine.diy import Registry

ORDER = (
    "SGD",
    "Adam",
    "AdamW",
    "Adamax",
    "NAdam",
    "RAdam",
    "Adagrad",
    "Adadelta",
    "RMSprop",
    "Rprop",
    "ASGD",
    "Adafactor",
    "Muon",
    "LBFGS",
)

OPTIMIZERS = Registry(__name__, ORDER)
