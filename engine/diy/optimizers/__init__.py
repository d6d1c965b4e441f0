"""The optimizers, a file each, and the registry that lists them.

To add one, write its file and add its line below. A file holds

- ``Hyper``: a NamedTuple of torch's keyword arguments with torch's defaults, each annotated with a
  :class:`~engine.diy.optimizers.hyper.Hyperparameter`;
- ``State``: a NamedTuple of what the optimizer remembers of one weight, in the paper's symbols;
- ``TORCH_STATE``: the symbol of each state entry that torch keeps too, and torch's name for it;
- ``init(weight) -> State`` and ``update(grad, state, weight, hyper) -> (weight, State)``, which
  changes nothing in place; or, where it moves all weights at once, as one vector, and evaluates the loss
  several times, ``minimize(loss, grad, evaluate, weight, state, hyper) -> (weight, State)``;
- ``state_shapes(shape)``, where not all state entries but ``t`` are shaped as the weight: the shape of each entry
  that a weight of that shape has;
- ``conflicts(hyper)``, where some values exclude each other: the field and why.
"""

from engine.diy import Shelf

_NAMES = (
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

OPTIMIZERS = Shelf(__name__, {name: name.lower() for name in _NAMES})
