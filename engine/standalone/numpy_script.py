"""The experiment as a NumPy script: the textbook's own functions, cut out, and the loop that calls them."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy import ndarray as Array

from engine.backends import masks_of
from engine.backends.start import initial_weights
from engine.diy.closure import takes_closure
from engine.diy.optimizers import OPTIMIZERS
from engine.lane.batches import Batches
from engine.lane.own_lane import OwnLane
from engine.spec import ClipSpec, complete, row_count, shapes_of, start_buffers
from engine.spec.groups import Group, groups_of

from .cells import Asked, Cell
from .data_cells import batches_cell, data_arrays, data_cell, has_batches, threads_line, unpacking
from .excerpt import Excerpt
from .literals import array_text, call_text, packed_text
from .numpy_network import FUNCTION, network_cell
from .numpy_rates import Moved, Rates, rates_cell, rates_of
from .own_files import OwnFiles
from .own_lanes import own_lane_of
from .own_moves import RATE, Asking, OwnMoves
from .own_network import Averages, own_calls
from .own_optimizer import own_moves
from .wrapped import wrapped

QUIET = 'np.seterr(all="ignore")  # a run that explodes says so by its losses'
EVALUATE = f'''def evaluate(w):
    """Return the loss and its gradient with the weights ``w``, laid end to end."""
    loss, grads = {FUNCTION}({{given}})
    return loss, {{joined}}(grads.values())'''
MASKS = '''def masks_of(step, rows):
    """Return which numbers stay in a step: those that torch draws, as a script without torch cannot."""
    epoch, number = divmod(step - 1, {per_epoch})
    first = epoch * {count} + number * {size}
    return {{name: mask[first : first + rows].astype("{dtype}") for name, mask in MASKS.items()}}'''


def numpy_cells(asked: Asked) -> tuple[set[str], list[Cell]]:
    """Return the imports and the cells of the script of an entry's DIY lane."""
    script = _Script(asked)
    cells = script.cells()
    return script.imports, cells


class _Script:
    def __init__(self, asked: Asked):
        self._spec, self._steps, self._tell, self._changes = asked.spec, asked.steps, asked.tell, asked.changes
        spec, entry = asked.spec, asked.entry
        self._entry, self._textbook = entry, Excerpt()
        self._clip = entry.clip
        self._groups = groups_of(entry, shapes_of(spec))
        self._draw = masks_of(spec)
        self._weights = dict(zip(shapes_of(spec), initial_weights(spec), strict=True))
        self._files, self._asked = OwnFiles(), asked
        self._lane = own_lane_of(asked, list(self._weights.values()))
        self._moves = self._own_moves()
        self._own = own_calls(asked, self._lane, self._files)
        self._averages = Averages(spec, self._own)
        self._takes_closure = self._moves is None and takes_closure(OPTIMIZERS[entry.name]) and not entry.groups
        self._imports: set[str] = set()

    def _own_moves(self) -> OwnMoves | None:
        """Return how own code moves the weights; None where it is the textbook's."""
        if self._entry.code is None:
            return None
        assert isinstance(self._lane, OwnLane)
        moves = bool(self._entry.phases or self._changes)
        asking = Asking(self._files, self._spec.dtype, self._asked.is_careful, moves)
        return own_moves(self._lane, list(self._weights), Batches(self._spec), asking)

    @property
    def imports(self) -> set[str]:
        own = () if self._moves is None else self._moves.imports
        files = self._files.imports
        return {"import numpy as np", *self._textbook.imports, *self._unpacking[0], *own, *files, *self._imports}

    @property
    def _unpacking(self) -> tuple[set[str], list[Cell]]:
        return unpacking([*self._weights.values(), *data_arrays(self._spec)], always=self._draw is not None)

    def cells(self) -> list[Cell]:
        network = network_cell(self._spec, self._textbook, self._own)
        optimizer = Cell("The optimizer.", "\n".join(wrapped(self._optimizer_lines())))
        rates = rates_of(self._groups[-1].entry, self._steps, self._textbook)
        begin = [*self._unpacking[1], data_cell(self._spec), batches_cell(self._spec), self._masks_cell()]
        weights = Cell("What training begins with.", "\n".join(self._weight_lines()))
        loop = Cell("The training: the loss before each step's update, one a line.", "\n".join(self._loop(rates)))
        first = [Cell("How many steps.", "\n".join(self._settings())), *begin, weights]
        rest = [Cell("From the textbook.", self._textbook.text()), network]
        rest += [None if rates is None else rates_cell(rates), optimizer, loop]
        self._imports, behind = self._files.settled(
            [part for part in first if part is not None],
            [part for part in rest if part is not None and part.code],
            self.imports,
        )
        return behind

    def _settings(self) -> Iterator[str]:
        yield f"STEPS = {self._steps}"
        yield QUIET
        if "import torch" in self._files.imports:
            yield threads_line(self._spec)

    def _weight_lines(self) -> Iterator[str]:
        yield "params = {"
        yield from (f'    "{name}": {_behind(array_text(value))},' for name, value in self._weights.items())
        yield "}"
        if buffers := self._averages.of(start_buffers(self._spec)):
            yield "buffers = {"
            yield from (f'    "{name}": {_behind(array_text(value))},' for name, value in buffers.items())
            yield "}"

    # --- what moves the weights --------------------------------------------------------------------

    def _optimizer_lines(self) -> Iterator[str]:
        if self._moves is not None:
            if self._entry.phases or self._changes:
                yield f"lr = {complete(self._entry.name, self._entry.params).lr!r}"
            yield from self._moves.made
            return
        for number, group in enumerate(self._groups):
            yield f"{self._hyper(number)} = {self._hyper_made(group.entry.name, group.entry.params)}"
        if self._takes_closure:
            yield f"state = {self._of_first('init')}({self._joined}(params.values()))"
            return
        if len(self._groups) > 1:
            yield "GROUPS = {  # what moves each weight, and which hyperparameters it goes by"
            yield from self._group_lines()
            yield "}"
            inits = {group.entry.name: self._of(group, "init") for group in self._groups}
            begun = (
                f'    "{name}": {inits[group.entry.name]}(params["{name}"]),' for name, group in self._moved().items()
            )
            yield from ("states = {", *begun, "}")
        else:
            yield f"states = {{name: {self._of_first('init')}(weight) for name, weight in params.items()}}"

    def _hyper_made(self, name: str, params: Mapping[str, Any]) -> str:
        made = complete(name, dict(params))._asdict()
        return call_text(self._textbook.need(OPTIMIZERS[name].__name__, "Hyper"), list(made.items()))

    def _moved(self) -> dict[str, Group]:
        of_weight = {weight: group for group in self._groups for weight in group.weights}
        return {name: of_weight[name] for name in self._weights}

    def _group_lines(self) -> Iterator[str]:
        for name, group in self._moved().items():
            yield f'    "{name}": ({self._of(group, "update")}, {self._groups.index(group)}),'

    def _hyper(self, number: int) -> str:
        return "hyper" if len(self._groups) == 1 else f"hyper{number + 1}"

    def _named(self) -> list[Moved]:
        """Return what the groups are called in the script."""
        if self._moves is not None:
            return [Moved("", self._entry.name, own_rate="lr")]
        many = len(self._groups) > 1
        return [
            Moved(self._hyper(number), group.entry.name, str(number + 1) if many else "")
            for number, group in enumerate(self._groups)
        ]

    def _of(self, group: Group, function: str) -> str:
        return self._textbook.need(OPTIMIZERS[group.entry.name].__name__, function)

    def _of_first(self, function: str) -> str:
        return self._of(self._groups[0], function)

    @property
    def _joined(self) -> str:
        return self._textbook.need("engine.diy.closure", "parameters_to_vector")

    # --- the loop ----------------------------------------------------------------------------------

    def _loop(self, rates: Rates | None) -> Iterator[str]:
        if rates is not None and rates.begin is not None:
            yield from map(rates.begin, self._named())
        yield "for step in range(1, STEPS + 1):"
        yield from (f"    {line}" for line in self._step_lines(rates))

    def _step_lines(self, rates: Rates | None) -> Iterator[str]:
        given = ["params"]
        if self._spec.data is not None:
            given += ["x", "y"]
        yield from self._change_lines(rates)
        if has_batches(self._spec):
            yield "rows = rows_of(step)"
            given[1:] = ["x[rows]", "y[rows]"]
        known = [*(["buffers"] if self._averages.handed else []), *self._masks_known(given)]
        if known:
            given[0] = "{" + ", ".join(f"**{name}" for name in ("params", *known)) + "}"
        found = "loss, grads, buffers" if self._averages.returned else "loss, grads"
        yield f"{found} = {FUNCTION}({', '.join(given)})"
        yield self._tell.format(loss="float(loss)")
        yield from self._update_lines(rates, given)

    def _change_lines(self, rates: Rates | None) -> Iterator[str]:
        """Yield what gives groups other hyperparameters, behind the steps of the run after which they had them."""
        before = self._groups
        for after, params in self._changes:
            changed = groups_of(self._entry.model_copy(update={"params": dict(params)}), self._weights)
            lines = []
            for group, old, new in zip(self._named(), before, changed, strict=True):
                was, now = (complete(one.entry.name, one.entry.params) for one in (old, new))
                if now == was:
                    continue
                made = "lr = " + repr(now.lr) if self._moves is not None else ""
                lines.append(f"    {made or self._hyper_line(group, new)}")
                if rates is not None and rates.rebase is not None and now.lr != was.lr:
                    lines.append(f"    {rates.rebase(group, was.lr, now.lr)}")
            if lines:
                yield from (f"if step == {after + 1}:", *lines)
            before = changed

    def _hyper_line(self, moved: Moved, group: Group) -> str:
        return f"{moved.hyper} = {self._hyper_made(group.entry.name, group.entry.params)}"

    def _masks_known(self, given: list[str]) -> list[str]:
        return [f"masks_of(step, len({given[1]}))"] if self._draw is not None else []

    def _update_lines(self, rates: Rates | None, given: list[str]) -> Iterator[str]:
        if self._clip is not None and not self._takes_closure:
            yield self._clip_line(self._clip)
        named = self._named()
        if self._moves is not None:
            if self._entry.phases or self._changes:
                yield f"{RATE} = {'lr' if rates is None else rates.rate(named[0])}"
            yield from wrapped(self._moves.step, len("    "))
            if rates is not None and rates.after is not None:
                yield from map(rates.after, named)
            return
        hypers = [group.hyper if rates is None else rates.hyper(group) for group in named]
        if self._takes_closure:
            yield from self._closure_lines(hypers[0], given)
        elif len(hypers) > 1:
            yield f"hypers = [{', '.join(hypers)}]"
            yield "for name, (update, group) in GROUPS.items():"
            yield "    params[name], states[name] = update(grads[name], states[name], params[name], hypers[group])"
        else:
            if rates is not None:
                yield f"scheduled = {hypers[0]}"
            hyper, update = "scheduled" if rates is not None else "hyper", self._of_first("update")
            yield "for name in params:"
            yield f"    params[name], states[name] = {update}(grads[name], states[name], params[name], {hyper})"
        if rates is not None and rates.after is not None:
            yield from map(rates.after, named)

    def _closure_lines(self, hyper: str, given: list[str]) -> Iterator[str]:
        taken = self._textbook.need("engine.diy.closure", "vector_to_parameters")
        inside = ", ".join((f"{taken}(w, params)", *given[1:]))
        yield ""
        yield from EVALUATE.format(given=inside, joined=self._joined).splitlines()
        yield ""
        yield f"g, w = {self._joined}(grads.values()), {self._joined}(params.values())"
        yield f"w, state = {self._of_first('minimize')}(loss, g, evaluate, w, state, {hyper})"
        yield f"params = {taken}(w, params)"

    def _clip_line(self, clip: ClipSpec) -> str:
        if clip.norm is not None:
            return f"grads = {self._textbook.need('engine.diy.clip', 'clip_by_norm')}(grads, max_norm={clip.norm!r})"
        return f"grads = {self._textbook.need('engine.diy.clip', 'clip_by_value')}(grads, limit={clip.value!r})"

    # --- masks -------------------------------------------------------------------------------------

    def _masks_cell(self) -> Cell | None:
        """Return the masks of all steps, a bit a number."""
        if self._draw is None:
            return None
        batches, count = Batches(self._spec), row_count(self._spec)
        rows = (_count(batches.rows(step), count) for step in range(1, self._steps + 1))
        drawn = [self._draw(step, size) for step, size in enumerate(rows, start=1)]
        lines = ["MASKS = {  # a row of numbers for each row that is seen"]
        for name in drawn[0]:
            stacked = np.concatenate([masks[name] for masks in drawn]).astype(bool)
            shape = ", ".join(map(str, stacked.shape))
            packed = packed_text(np.packbits(stacked))
            lines.append(f'    "{name}": np.unpackbits({packed}, count={stacked.size}).reshape({shape}),')
        size = min(self._spec.batch.size or count, count)
        numbers = {"per_epoch": batches.per_epoch, "count": count, "size": size, "dtype": self._spec.dtype}
        return Cell("What is drawn in each step.", "\n".join((*lines, "}", "", "", MASKS.format(**numbers))))


def _count(rows: slice | Array | None, count: int) -> int:
    return count if rows is None else len(range(count)[rows] if isinstance(rows, slice) else rows)


def _behind(text: str) -> str:
    """Indent what follows a key, but for what is inside quotes."""
    return text if '"""' in text else text.replace("\n", "\n    ")
