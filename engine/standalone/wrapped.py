"""Long lines of code, broken behind the commas of the call, list or dict that they end in."""

from collections.abc import Iterable, Iterator

WIDTH = 110
PAIRS = {")": "(", "]": "[", "}": "{"}


def wrapped(lines: Iterable[str], inside: int = 0) -> Iterator[str]:
    """Yield lines, long ones broken; ``inside``: how far they are to be indented yet. Texts over lines stay."""
    for line in lines:
        for one in line.split("\n") if '"""' not in line and "'''" not in line else [line]:
            yield from _broken(one, WIDTH - inside) if "\n" not in one else [one]


def _broken(line: str, width: int) -> Iterator[str]:
    code, comment, behind = line.partition("  # ")
    place = _opening(code)
    if len(line) <= width or place is None:
        yield line
        return
    indent = " " * (len(line) - len(line.lstrip()))
    if comment:
        yield f"{indent}# {behind}"
    yield code[: place + 1]
    yield from _filled(list(_parts(code[place + 1 : -1])), f"{indent}    ", width)
    yield f"{indent}{code[-1]}"


def _filled(parts: list[str], indent: str, width: int) -> Iterator[str]:
    """Yield lines of as many parts as there is room for; a part that is too long itself is broken, too."""
    row = ""
    for part in parts:
        if row and len(row) + len(part) + 2 > width:
            yield row
            row = ""
        if not row and len(indent) + len(part) + 1 > width:
            *broken, last = _broken(f"{indent}{part}", width)
            yield from (*broken, f"{last},")
        else:
            row = f"{row} {part}," if row else f"{indent}{part},"
    if row:
        yield row


def _opening(code: str) -> int | None:
    """Return where the bracket opens in which a line ends; None where it ends in no call, list or dict of several."""
    if not code or code[-1] not in PAIRS:
        return None
    depth = 0
    for place in range(len(code) - 1, -1, -1):
        depth += (code[place] in PAIRS) - (code[place] in PAIRS.values())
        if depth == 0:
            return None if " for " in code[place:] else place  # of a loop there is but one
    return None


def _parts(inside: str) -> Iterator[str]:
    """Yield what is between the commas of one bracket."""
    depth = start = 0
    for place, letter in enumerate(inside):
        depth += (letter in PAIRS.values()) - (letter in PAIRS)
        if letter == "," and depth == 0:
            yield inside[start:place].strip()
            start = place + 1
    if inside[start:].strip():
        yield inside[start:].strip()
