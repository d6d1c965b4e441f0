"""A person's own activation that takes one row at a time, in a NumPy script: called for each row in its turn."""

import re
from collections.abc import Iterator, Mapping, Sequence

from .own_form import indented
from .own_functions import OwnCall

ROW, VALUE, OUT, CACHE, BEHIND = "row", "a_row", "out_row", "cache_row", "behind"
LABEL = "_row"  # what the variables of the call of one row end with


class RowsCall:
    """Write an activation's calls, as an OwnCall does. ``call`` is that of one row; variables end with ``label``.

    ``axes``: how many a row of the network has.
    """

    def __init__(self, call: OwnCall, label: str, axes: int):
        self._call, self._passed, self._label, self._axes = call, f"passed{label}", label, axes
        self.is_product, self.is_matrix, self.made = call.is_product, call.is_matrix, call.made
        self._back = list(call.backward("slope_row", {"z": ROW, "out": VALUE, "dout": BEHIND}))
        self._kept = [name for name in (VALUE, OUT, CACHE) if _is_in(name, self._back)]

    def forward(self, value: str, inputs: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines that make ``value``."""
        lines, rows = list(self._call.forward(VALUE, {"z": ROW})), self._rows(inputs["z"])
        yield from self._gathered(value, lines, VALUE, [(ROW, rows)], kept=[one for one in self._kept if one != VALUE])
        if self._axes > 1:
            yield f"{value} = {value}.reshape({inputs['z']}.shape)"

    def backward(self, value: str, inputs: Mapping[str, str]) -> Iterator[str]:
        """Yield the lines that make the derivative: with what comes from behind in it, where ``is_product``."""
        known = {ROW: inputs["z"], VALUE: inputs["out"], BEHIND: inputs["dout"]}
        pairs = [(name, self._rows(text)) for name, text in known.items() if _is_in(name, self._back)]
        rest = [name for name in self._kept if name != VALUE]
        if rest:
            pairs.append((_together(rest), self._passed))
        yield from self._gathered(value, self._back, "slope_row", pairs, kept=[])
        if self._axes > 1:
            yield f"{value} = {value}.reshape({inputs['z']}.shape{'' if self.is_product else ' + (-1,)'})"

    def _rows(self, text: str) -> str:
        return text if self._axes == 1 else f"{text}.reshape(-1, {text}.shape[-1])"

    def _gathered(
        self, value: str, lines: Sequence[str], made: str, pairs: Sequence[tuple[str, str]], kept: Sequence[str]
    ) -> Iterator[str]:
        """Yield the lines that do for each row what ``lines`` do for one, and gather what is ``made`` of them."""
        names = ", ".join(name for name, _ in pairs)
        rows = pairs[0][1] if len(pairs) == 1 else f"zip({', '.join(text for _, text in pairs)})"
        if len(lines) == 1 and not kept:
            yield f"{value} = np.array([{lines[0].removeprefix(f'{made} = ')} for {names} in {rows}])"
            return
        yield from (f"{one} = []" for one in (value, *([self._passed] if kept else [])))
        yield f"for {names} in {rows}:"
        yield from indented(lines)
        yield f"    {value}.append({made})"
        if kept:
            yield f"    {self._passed}.append({_together(kept)})"
        yield f"{value} = np.array({value})"


def _is_in(name: str, lines: Sequence[str]) -> bool:
    return any(re.search(rf"\b{name}\b", line) for line in lines)


def _together(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"({', '.join(names)})"
