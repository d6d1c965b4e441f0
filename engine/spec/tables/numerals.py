"""What counts as a number in a text file: decimal digits, a sign, an exponent; no words, and no separated thousands."""

import re

NUMERAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
COMMA_NUMERAL = re.compile(r"[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def is_numeral(cell: str, decimal: str = ".") -> bool:
    """Tell whether a cell is a number, with that mark before its decimals."""
    return (COMMA_NUMERAL if decimal == "," else NUMERAL).fullmatch(cell.strip()) is not None


def parsed(cell: str, decimal: str = ".") -> float | None:
    """Return the nearest float64; None of what is no number. One that is too large is infinite."""
    text = cell.strip()
    if (COMMA_NUMERAL if decimal == "," else NUMERAL).fullmatch(text) is None:
        return None
    return float(text.replace(",", ".") if decimal == "," else text)
