"""Values that belong together by what they are: an array and a tensor that come out nearly equal, and what follows.

A guess that departs is made only where something else says that both are the same thing: ``dW`` where ``W`` was torch's
weight; the next weight, ``W - …``, where the weight before it was torch's and torch's own next weight has no partner.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

from .book import Found, Pair, Reference
from .compared import Compared, Said, compared, factor_between
from .kept import Execution, Kept
from .partners import plain_name
from .paths import parse
from .torch_side import FEW

NEAR = 1e-4  # relative: so near come two things only where they are meant to be one
STEP = 100.0  # times torch's change of a weight: a change beyond that is none
GRADIENTS = ("grad", "grads", "gradient", "gradients", "g")
PLAIN = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.Constant, ast.expr_context, ast.keyword)
CALLED = "numpy detach cpu copy clone array asarray astype item float tolist transpose reshape"
CONVERSIONS = frozenset(CALLED.split())


class Link(NamedTuple):
    """Hold an own value that equals a value of torch's but for rounding: version ``number`` of what is at ``path``."""

    kept: Kept
    path: str
    number: int
    lies: bool


class Guesses:
    """Find what no name pairs. ``own`` are arrays by name, ``torch`` tensors by path, each in the order of time."""

    def __init__(
        self, own: Mapping[str, Sequence[Kept]], torch: Mapping[str, Sequence[Reference]], taken: frozenset[str]
    ):
        self._own = {name: list(values) for name, values in own.items()}
        self._torch, self._taken = torch, taken
        self._of_size: dict[int, list[tuple[str, int]]] = {}
        for path, versions in torch.items():
            for number, reference in enumerate(versions):
                self._of_size.setdefault(reference.numbers.size, []).append((path, number))
        self._almost: dict[str, tuple[str, int]] = {}
        self._links = [link for values in self._own.values() for kept in values for link in self._near(kept)]
        self._linked = {(link.path, link.number) for link in self._links if not is_conversion(link.kept)}
        self._places = {link.kept.place for link in self._links}

    def found(self) -> list[Found]:
        """Return all guesses, one of each line."""
        by_line: dict[tuple[str, int], Found] = {}
        for one in self.judged:
            by_line.setdefault((one.own.name, one.own.line), one)
        return list(by_line.values())

    @cached_property
    def judged(self) -> list[Found]:
        """Return all guesses, each time that a line made the value."""
        return [*self._equal(), *self._gradients(), *self._next_weights()]

    def almost(self) -> list[tuple[str, str, int]]:
        """Return what comes near torch's without being it, and nothing says that it is to be: own, torch's, line."""
        settled = {link.kept.name for link in self._links} | {one.own.name for one in self.found()} | self._taken
        return [(name, *where) for name, where in self._almost.items() if name not in settled]

    # --- what comes out equal ------------------------------------------------------------------------

    def _near(self, kept: Kept) -> Iterator[Link]:
        if not _says_something(kept.numbers):
            return
        for path, number in self._of_size.get(kept.numbers.size, ()):
            for lies in (False, True):
                apart = _apart(kept.numbers, self._torch[path][number].numbers, lies)
                if apart is None or apart >= NEAR:
                    continue
                judged = self._judged(kept, path, number, lies)
                if judged is not None and judged.came_to.verdict != "different":
                    yield Link(kept, path, number, lies)
                    break
                if judged is not None and kept.executions and not is_conversion(kept) and not _is_rounded(kept):
                    self._almost.setdefault(kept.name, (path, kept.line))

    def _equal(self) -> Iterator[Found]:
        seen: set[int] = set()
        for link in self._links:
            kept = link.kept
            is_own = kept.executions and not is_conversion(kept)
            if kept.place in seen or kept.name in self._taken or not is_own:
                continue
            seen.add(kept.place)
            if (found := self._judged(kept, link.path, link.number, link.lies)) is not None:
                yield found

    def _judged(self, kept: Kept, path: str, number: int, lies: bool) -> Found | None:
        reference = self._torch[path][number]
        outcome = compared(kept.numbers, reference.numbers, reference.spread, reference.dtype, lies)
        return None if outcome is None else self._made(kept, path, reference, outcome, lies)

    def _made(self, kept: Kept, path: str, reference: Reference, outcome: Compared, lies: bool) -> Found:
        pair = Pair(parse(kept.name), parse(path), "value")
        pair.may_lie = lies
        return Found(pair, kept, reference, outcome, 1)

    # --- what is to be equal --------------------------------------------------------------------------

    def _gradients(self) -> Iterator[Found]:
        """Yield gradients: ``dW`` of a ``W`` that is torch's weight, and ``grad`` where there is but one."""
        for name, values in self._own.items():
            if name in self._taken:
                continue
            paths = dict(self._gradient_paths(name))
            for kept in values:
                if kept.place not in self._places and kept.numbers.size > 1 and not _is_constant(kept.numbers):
                    yield from self._nearest(kept, paths)

    def _gradient_paths(self, name: str) -> Iterator[tuple[str, bool]]:
        plain = plain_name(name)
        known = [path for path in self._torch if path.endswith(".grad")]
        for path in known:
            root = path.removesuffix(".grad")
            ways = {link.lies for link in self._links if link.path == root and _is_called(link.kept.name, plain)}
            if ways:
                yield path, ways == {True}
        leaves = [path for path in known if "." in path.removesuffix(".grad")] or known
        if name in GRADIENTS and len(leaves) == 1:
            yield leaves[0], False

    def _nearest(self, kept: Kept, paths: Mapping[str, bool]) -> Iterator[Found]:
        found = [
            (_apart(kept.numbers, reference.numbers, lies), one)
            for path, lies in paths.items()
            for number, reference in enumerate(self._torch[path])
            if self._is_whole(kept, path) and (one := self._judged(kept, path, number, lies)) is not None
        ]
        fitting = [(apart, one) for apart, one in found if apart is not None]
        if fitting:
            yield min(fitting, key=lambda one: one[0])[1]

    def _is_whole(self, kept: Kept, path: str) -> bool:
        """Return whether all values of torch's are known that an own one may belong to: none is left out or to come."""
        versions = self._torch[path]
        until = versions[FEW - 1].place if len(versions) > FEW else None
        is_known = until is None or kept.place <= until
        is_to_come = kept.place > versions[-1].place and any(link.kept.name == kept.name for link in self._links)
        return is_known and not is_to_come

    def _next_weights(self) -> Iterator[Found]:
        """Yield weights that an own step has led elsewhere than torch's."""
        used: set[int] = set()
        for path, versions in self._torch.items():
            if path.endswith(".grad"):
                continue
            for number in range(1, min(len(versions), FEW)):
                if (path, number) in self._linked or versions[number].numbers.shape != versions[
                    number - 1
                ].numbers.shape:
                    continue
                before = [link for link in self._links if (link.path, link.number) == (path, number - 1)]
                for kept, link in self._steps_from(before, versions[number - 1], versions[number]):
                    if kept.place not in used:
                        used.add(kept.place)
                        yield from self._step(kept, link, path, number)
                        break

    def _steps_from(self, before: Sequence[Link], old: Reference, new: Reference) -> Iterator[tuple[Kept, Link]]:
        change = _size(new.numbers - old.numbers)
        for name, values in self._own.items():
            if name in self._taken:
                continue
            for kept in values:
                if kept.place in self._places or not kept.executions:
                    continue
                for link in before:
                    if _is_step(kept, link.kept) and _is_small(kept.numbers - link.kept.numbers, change, kept):
                        yield kept, link

    def _step(self, kept: Kept, link: Link, path: str, number: int) -> Iterator[Found]:
        found = self._judged(kept, path, number, link.lies)
        if found is None:
            return
        old, new = self._torch[path][number - 1].numbers, self._torch[path][number].numbers
        own = kept.numbers - link.kept.numbers
        factor = factor_between(own.T if link.lies else own.reshape(new.shape), new - old, 1e-3)
        said = found.came_to.said if factor is None else (Said("change", factor),)
        yield found._replace(came_to=found.came_to._replace(said=said))


def _says_something(numbers: Array) -> bool:
    """Return whether two that hold these numbers are hardly equal by chance: not of few, nor of whole numbers."""
    if numbers.size < 2:
        value = float(numbers.flat[0]) if numbers.size else 0.0
        return np.isfinite(value) and round(value, 4) != value
    with np.errstate(all="ignore"):
        return not _is_constant(numbers) and not bool((numbers == np.round(numbers)).all())


def _apart(own: Array, reference: Array, lies: bool) -> float | None:
    """Return how far apart they are in relation to torch's; None where their shapes are not one."""
    if lies:
        if own.ndim != 2 or own.T.shape != reference.shape:
            return None
        own = own.T
    elif own.shape != reference.shape:
        if own.size != reference.size or _plain(own) != _plain(reference):
            return None
        own = own.reshape(reference.shape)
    with np.errstate(all="ignore"):
        apart = float(np.abs(own - reference).max(initial=0.0))
        size = float(np.abs(reference).max(initial=0.0))
    return apart / size if size > 0 and np.isfinite(apart) else None


def _plain(numbers: Array) -> tuple[int, ...]:
    return tuple(size for size in numbers.shape if size != 1)


def _is_constant(numbers: Array) -> bool:
    return not numbers.size or bool((numbers == numbers.flat[0]).all())


def is_conversion(kept: Kept) -> bool:
    """Return whether a value is torch's own, handed over: ``w = layer.weight.detach().numpy()``."""
    if kept.is_tensor or len(kept.executions) != 1:
        return False
    execution = kept.executions[0]
    value = getattr(execution.statement.node, "value", None)
    if value is None:
        return False
    plain = all(isinstance(one, PLAIN) for one in ast.walk(value))
    calls = [one.func for one in ast.walk(value) if isinstance(one, ast.Call)]
    return reads_torch(execution) and plain and all(_called(one) in CONVERSIONS for one in calls)


def reads_torch(execution: Execution) -> bool:
    """Return whether a statement reads a tensor, or a module."""
    read = execution.reads.values()
    return any(one.is_tensor if isinstance(one, Kept) else hasattr(one, "parameters") for one in read)


def _called(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_rounded(kept: Kept) -> bool:
    """Return whether a value was rounded to be printed."""
    return any("round" in ast.unparse(one.statement.node) for one in kept.executions[-1:])


def _is_called(name: str, plain: str | None) -> bool:
    return plain is not None and name.lower() == plain.lower()


def _is_step(kept: Kept, before: Kept) -> bool:
    """Return whether a value is the one before and a change: ``W - …``, ``W -= …``, or what a call makes of it."""
    if kept.numbers.shape != before.numbers.shape:
        return False
    execution = kept.executions[-1]
    reads = {one.place for one in execution.reads.values() if isinstance(one, Kept)}
    if before.place not in reads or reads_torch(execution):
        return False
    node = execution.statement.node
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, ast.Add | ast.Sub)
    value = getattr(node, "value", None)
    while isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add | ast.Sub):
        value = value.left
    if isinstance(value, ast.Call):
        return not _is_constant(kept.numbers) and _size(kept.numbers - before.numbers) <= 0.5 * _size(before.numbers)
    return isinstance(value, ast.Name) and value.id == before.name


def _is_small(change: Array, torch: float, new: Kept) -> bool:
    """Return whether a change can be that of a step: it is no weight less another."""
    return _size(change) <= min(STEP * torch, 2 * _size(new.numbers))


def _size(numbers: Array) -> float:
    return float(np.abs(numbers).max(initial=0.0))
