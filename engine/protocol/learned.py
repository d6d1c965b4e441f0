"""What a network has learned, as the window asks to see it: a prediction a row, answers over the inputs, confusion."""

from typing import Literal, NamedTuple

from numpy import ndarray as Array

from engine.spec import RowsFor

from .maps import Side

LearnedPage = Literal["predictions", "inputs", "confusion"]


class LearnedRequest(NamedTuple):
    """Ask for a page of what the network of an optimizer entry has learned.

    ``rows``: of the data's rows the first on screen and the one behind the last, test rows counted. ``output``: which
    of several is drawn over two inputs. ``use``: which rows the confusion matrix counts. ``seen``: the number of the
    answer that the window has, 0 for none.
    """

    entry: int
    side: Side
    page: LearnedPage
    rows: tuple[int, int] = (0, 0)
    output: int = 0
    use: RowsFor = "training"
    seen: int = 0


class Accuracies(NamedTuple):
    """Hold the shares of rows that a lane answers rightly; None without such rows, or of too many as yet."""

    training: float | None
    test: float | None


class Predictions(NamedTuple):
    """Hold what is predicted for the rows on screen.

    ``first``: the row, from 0, that they begin with. ``values``: (rows, outputs), numbers as they are and, of a loss
    that takes logits, the probabilities of yes or of each class; of both lanes DIY's less torch's. ``answers`` a lane:
    the class of each row, or 0 and 1 shaped as ``values``, −1 of what is no number; none where targets are no classes.
    """

    first: int
    values: Array
    answers: tuple[Array, ...]
    accuracies: tuple[Accuracies, ...]


class OverInputs(NamedTuple):
    """Hold what is answered over the plane of two inputs, or along one.

    ``extent``: x from, x to, y from, y to; of one input the first two count. ``values`` as in ``Predictions``: over one
    input (outputs, x), over two (y, x) from lowest to highest, there of one output, or of the class that is answered
    (of both lanes: that DIY answers). ``answers`` a lane: that class, (y, x).
    """

    extent: tuple[float, float, float, float]
    values: Array
    answers: tuple[Array, ...]


class Confusion(NamedTuple):
    """Hold how often which class is taken for which, a lane (true class, answer); None of too many rows as yet.

    Answers that are no numbers are in no cell.
    """

    counts: tuple[Array, ...] | None
    accuracies: tuple[Accuracies, ...]


class Learned(NamedTuple):
    """Hold a page as it was asked for. ``content``: None where there is none of it, or a lane does not run.

    ``puts_off``: there are so many rows to be counted that it takes a while, which is taken when it is asked for again.
    """

    request: LearnedRequest
    number: int
    content: Predictions | OverInputs | Confusion | None
    puts_off: bool = False
