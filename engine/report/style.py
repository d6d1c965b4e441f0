"""How the page looks, in light, in the dark and on paper; and its pictures' colours, which follow it."""

import re
from collections.abc import Iterable

from engine.spec.palette import on_both

from .surface import terrain
from .svg import GRID, GROUND, INK, MUTED

# Of the picture's inks: on a light ground, and on a dark one.
INKS = {"ink": (INK, "#e6e9ed"), "muted": (MUTED, "#a2abb6"), "grid": (GRID, "#333a42"), "ground": (GROUND, "#14171a")}

PAGE = """
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.5rem; max-width: 82rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif }
h1 { margin: 0 0 .2rem; font-size: 1.7rem; overflow-wrap: anywhere }
h2 { margin: 2.2rem 0 .6rem; padding-bottom: .2rem; border-bottom: 1px solid var(--grid); font-size: 1.2rem }
h3 { margin: 1.2rem 0 .3rem; font-size: 1rem; overflow-wrap: anywhere }
p { margin: .4rem 0 } .note { color: var(--muted) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-size: .87rem; font-variant-numeric: tabular-nums; white-space: nowrap }
th, td { padding: .22rem .5rem; border-bottom: 1px solid var(--grid); text-align: right }
th:first-child, td:first-child { text-align: left }
thead th { border-bottom: 2px solid var(--muted); vertical-align: bottom; white-space: normal; min-width: 4.2em;
  word-break: keep-all }
tbody th { min-width: 9em; max-width: 17em; font-weight: 500; white-space: normal; overflow-wrap: anywhere }
.differs { color: var(--bad); font-weight: 600 }
.swatch { display: inline-block; min-width: 1.5em; margin-right: .5em; padding: 0 .25em; border-radius: 3px;
  color: var(--ground); text-align: center; font-size: .8em; font-weight: 700; print-color-adjust: exact }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: .5rem 0 }
dt { color: var(--muted) } dd { margin: 0; overflow-wrap: anywhere }
figure { margin: 1.4rem 0; break-inside: avoid }
figcaption { font-weight: 600 }
figure svg { display: block; width: 100%; max-width: 62rem; height: auto; margin-top: .3rem }
pre { margin: .3rem 0; max-width: 62rem; max-height: 32rem; padding: .6rem .8rem; overflow: auto;
  border: 1px solid var(--grid); border-radius: 4px; font: 12.5px/1.45 ui-monospace, Consolas, monospace;
  white-space: pre-wrap; overflow-wrap: anywhere }
summary { cursor: pointer; color: var(--muted) }
@page { size: landscape; margin: 12mm }
@media print { body { max-width: none; padding: 0; font-size: 10px } pre { max-height: none; font-size: 8px }
  th, td { padding: .15rem .35rem } .scroll { overflow: visible } h2, h3 { break-after: avoid } }
"""


def variables(colors: Iterable[str], bands: int) -> dict[str, tuple[str, str]]:
    """Return colours by their names, each on a light and a dark ground.

    They are the inks, the entries' ``colors``, and those of the surface's ``bands``.
    """
    found = dict(INKS)
    found |= {f"entry{place + 1}": on_both(color) for place, color in enumerate(colors)}
    grounds = zip(terrain(bands), terrain(bands, dark=True), strict=True)
    return found | {f"terrain{place}": both for place, both in enumerate(grounds)}


def sheet(named: dict[str, tuple[str, str]]) -> str:
    """Write the page's style sheet. Paper is always light."""
    light, dark = ("".join(f"--{name}:{both[side]};" for name, both in named.items()) for side in (0, 1))
    return (
        f":root{{color-scheme:light dark;--bad:#b3261e;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--bad:#ff8a80;{dark}}}}}{PAGE}"
    )


def within_page(svg: str, name: str, named: dict[str, tuple[str, str]]) -> str:
    """Return a picture as a part of the page: in the page's colours, and with ids that no other picture has."""
    variable = {both[0]: f"var(--{key})" for key, both in reversed(named.items())}

    def adapted(tag: re.Match[str]) -> str:
        text = re.sub(r"#[0-9a-f]{6}\b(?!\))", lambda color: variable.get(color[0], color[0]), tag[0])
        text = re.sub(r'\bid="', f'id="{name}-', text)
        return re.sub(r'(href="|url\()#', rf"\1#{name}-", text)

    picture = svg[svg.index("<svg") :]
    picture = re.sub(r"<style.*?</style>", "", picture, count=1, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", adapted, picture).strip()
