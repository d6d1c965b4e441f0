"""The words of every departure, by its id; where it is written in several ways, ``id/way``.

The English stands here once. What is in backticks is code and stays as it is in every language.
"""

from ..variant import Said
from .any import ANY
from .sgd import SGD

SAID: dict[str, Said] = {**ANY, **SGD}
