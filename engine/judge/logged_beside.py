"""A log's numbers beside torch's: where they are farther off than rounding, and what torch is handed of them."""

from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.backends import reference_answer
from engine.lane.stage import Stage

from .hearing import Wrong
from .rule import FACTOR, SUSPICION, distance, floor, spread


class Beside:
    """Hold a logged array beside torch's, and where it is farther off than rounding explains, as far as was heard."""

    def __init__(self, own: Array, torch: Array, terms: Array, half: float, dtype: str):
        self._own, self._torch = own, torch
        self._allowed = floor(np.broadcast_to(terms, torch.shape), dtype) + half
        self._apart = distance(own, torch)
        self.wrong = np.isfinite(torch) & ~(self._apart <= FACTOR * self._allowed)

    def hear(self, moved: Array) -> None:
        """Take away what torch itself comes as far as, moved; where it is not finite then, nothing is judged."""
        with np.errstate(all="ignore"):
            far = spread(self._torch, moved)
            beyond = ~(self._apart <= FACTOR * (far + self._allowed))
        self.wrong = self.wrong & np.isfinite(far) & beyond

    def named(self, name: str) -> Wrong:
        """Return the first element that is wrong."""
        index = tuple(int(i) for i in np.argwhere(self.wrong)[0])
        return Wrong(name, index, float(self._own[index]), float(self._torch[index]))


def moved_gradient(stage: Stage, loose: Array, dtype: str) -> dict[str, Array]:
    """Return torch's answers with the gradient as far off as it may be, each element by itself."""
    signs = np.random.default_rng(0).uniform(-1, 1, (SUSPICION.times, *loose.shape))
    given = [{**stage.inputs, "g": stage.inputs["g"] + (sign * loose).astype(dtype)} for sign in signs]
    answers = [reference_answer(stage._replace(inputs=inputs), dtype) for inputs in given]
    return {role: np.stack([answer[role] for answer in answers]) for role in answers[0]}


def as_kept(found: Array | None, fresh: Any) -> Any:
    """Return a logged entry of a state as torch is handed it: an array, or a number by itself."""
    if found is None or found.size != 1:
        return found
    return found.reshape(np.shape(fresh)) if isinstance(fresh, np.ndarray) else found.dtype.type(found.reshape(()))
