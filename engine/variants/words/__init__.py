"""The words of every departure, by its id; where it is written in several ways, ``id/way``.

The English stands here once. What is in backticks is code and stays as it is in every language.
"""

from ..variant import Said
from .activations import ACTIVATIONS
from .adam import ADAM
from .any import ANY
from .kinds import KINDS
from .linear import LINEAR
from .losses import LOSSES
from .norms import NORMS
from .others import OTHERS
from .sgd import SGD

SAID: dict[str, Said] = {**ANY, **SGD, **ADAM, **OTHERS, **ACTIVATIONS, **LOSSES, **LINEAR, **NORMS, **KINDS}

VERDICTS = {name.split("/")[0]: said.verdict for name, said in SAID.items()}
"""By id."""
