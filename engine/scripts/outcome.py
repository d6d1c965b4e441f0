"""What came of a script, as it comes out of the script's process: plain data, without a word about it."""

from typing import NamedTuple

from engine.protocol import Recording

from .compared import Said, Verdict
from .partners import FoundBy


class PairTold(NamedTuple):
    """Tell of a pair: in ``line`` its own value was made last, in ``index`` it first departs.

    ``follows`` names the own value that explains why this one departs; ``turn`` is that of the loop, from 1.
    """

    own: str
    reference: str
    found_by: FoundBy
    verdict: Verdict
    line: int
    index: tuple[int, ...] = ()  # pyright: ignore[reportIncompatibleMethodOverride]
    own_value: float = 0.0
    reference_value: float = 0.0
    said: tuple[Said, ...] = ()
    follows: str | None = None
    turn: int = 1


class Failed(NamedTuple):
    """Tell what the script raised, by its own line, and its own traceback."""

    words: str
    line: int | None
    shown: str


class Outcome(NamedTuple):
    """Tell what came of it all. ``unjudged`` own values came too late or too large; ``absent`` asked pairs never came.

    ``stopped_in``: the line in which it was stopped from outside. ``judged_until``: how many of torch's operations were
    watched, where it did more. ``almost``: own values, torch's that they come near, and the lines of the former.
    ``recording``: each line that ran, if that was asked for.
    """

    pairs: tuple[PairTold, ...]
    unjudged: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    failed: Failed | None = None
    stopped_in: int | None = None
    dtype: str = "float64"
    judged_until: int | None = None
    almost: tuple[tuple[str, str, int], ...] = ()
    recording: Recording | None = None
