"""Pieces of LaTeX that know how tightly they hold together, so that brackets stand where they must and only there."""

from collections.abc import Sequence
from typing import NamedTuple

CASES, SUM, SIGNED, PRODUCT, POWER, ATOM = range(6)


class Tex(NamedTuple):
    """Hold LaTeX. ``holds``: its loosest joint, from ``CASES`` to ``ATOM``. ``scalar``: one number for all elements."""

    text: str
    holds: int = ATOM
    scalar: bool = False


def enclosed(text: str, opening: str = "(", closing: str = ")") -> str:
    """Put it in brackets as high as what they enclose; ziamath makes them endless around what stands below a sum."""
    if r"\sum_" in text or r"\prod_" in text:
        return f"{opening}{text}{closing}"
    return rf"\left{opening}{text}\right{closing}"


def bracketed(tex: Tex) -> str:
    return enclosed(tex.text)


def at_least(holds: int, tex: Tex) -> str:
    """Return the text, in brackets where it would come apart."""
    return tex.text if tex.holds >= holds else bracketed(tex)


def number(value: float, digits: int = 4) -> Tex:
    """Write a number with so many significant digits, with a power of ten where that is shorter. There is one 0."""
    value = float(value) or 0.0
    if value != value:
        return Tex(r"\mathrm{NaN}", ATOM, True)
    if value < 0:
        return negative(number(-value, digits))
    if value == float("inf"):
        return Tex(r"\infty", ATOM, True)
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    if not exponent:
        return Tex(mantissa, ATOM, True)
    if mantissa == "1":
        return Tex(f"10^{{{int(exponent)}}}", POWER, True)
    return Tex(rf"{mantissa}\times 10^{{{int(exponent)}}}", PRODUCT, True)


def negative(tex: Tex) -> Tex:
    return Tex(f"{{-}}{at_least(PRODUCT, tex)}", SIGNED, tex.scalar)


def added(left: Tex, sign: str, right: Tex) -> Tex:
    """Write ``left + right`` or ``left - right``; of the terms of a sum only the first may carry a sign of its own."""
    tail = at_least(PRODUCT, right)
    return Tex(f"{at_least(SUM, left)} {sign} {tail}", SUM, left.scalar and right.scalar)


def times(left: Tex, right: Tex, dot: str) -> Tex:
    """Return a product; a minus before its first factor is the whole product's."""
    holds = SIGNED if left.holds == SIGNED else PRODUCT
    text = f"{at_least(SIGNED, left)}{dot}{at_least(PRODUCT, right)}"
    return Tex(text, holds, left.scalar and right.scalar)


def over(above: Tex, below: Tex) -> Tex:
    """Return a fraction; a minus above it stands before it."""
    sign, top = ("{-}", above.text.removeprefix("{-}")) if above.holds == SIGNED else ("", above.text)
    scalar = above.scalar and below.scalar
    return Tex(rf"{sign}\frac{{{top}}}{{{below.text}}}", SIGNED if sign else PRODUCT, scalar)


def power(base: Tex, exponent: Tex) -> Tex:
    if exponent.text == "0.5":
        return root(base)
    return Tex(f"{{{at_least(ATOM, base)}}}^{{{exponent.text}}}", POWER, base.scalar and exponent.scalar)


def root(tex: Tex) -> Tex:
    return Tex(rf"\sqrt{{{tex.text}}}", ATOM, tex.scalar)


def applied(name: str, arguments: Sequence[Tex]) -> Tex:
    """Write ``name(one, other)``."""
    inside = ", ".join(argument.text for argument in arguments)
    return Tex(f"{name}{enclosed(inside)}", ATOM, all(argument.scalar for argument in arguments))


def cases(yes: Tex, condition: Tex, no: Tex) -> Tex:
    """Return the cases of a condition in LaTeX. The words are Python's own."""
    rows = rf"{yes.text} & \quad\mathrm{{if}}\ {condition.text} \\ {no.text} & \quad\mathrm{{else}}"
    return Tex(rf"\begin{{cases}}{rows}\end{{cases}}", CASES)
