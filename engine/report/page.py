"""A comparison as one HTML page that needs nothing else: no script, no font, no picture from elsewhere.

Whatever a person has typed, labels and title, is text on it and nothing more.
"""

from collections.abc import Iterator, Mapping
from html import escape

from engine.protocol import PairParity, judged_text, lowest, pair_sentence, past_plan, past_plans, spread_of, worst_text
from engine.spec import layout, path_in_words
from engine.spec.sizes import in_words

from .figures import Figures, LaneFigures
from .numbers import count, short
from .settings import change_text, effective, facts
from .style import sheet, variables, within_page
from .surface import heights_of, note
from .sweep import title as sweep_title
from .table import COLUMNS, texts_of

Words = Mapping[str, str]
LARGEST_FILE = 2_000_000  # letters of an experiment file that are put on the page
WRONG = ("differs", "unstable", "not_finite")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(figures: Figures, pictures: Mapping[str, str], words: Words) -> str:
    """``pictures``: SVG texts on clear grounds, by the keys of their titles."""
    heights = None if figures.surface is None else heights_of(figures.surface.values)
    named = variables(figures.colors, 0 if heights is None else len(heights.levels) - 1)
    title = escape(figures.spec.title or words["heading"])
    parts = [*_head(figures, words, title), *_experiment(figures, words), *_results(figures, words)]
    parts += [_figure(figures, name, within_page(svg, name, named), words) for name, svg in pictures.items()]
    parts += [*_settings(figures, words), *_file(figures, words)]
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(words["language"])}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{sheet(named)}</style>\n</head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def _head(figures: Figures, words: Words, title: str) -> Iterator[str]:
    yield f"<h1>{title}</h1>"
    made = words["made"].format(when=figures.made.strftime("%Y-%m-%d %H:%M %z").strip())
    first = [escape(words["heading"])] if figures.spec.title else []
    told = " · ".join([*first, escape(made), escape(words["versions"].format(**figures.versions))])
    yield f'<p class="note">{told}</p>'


def _experiment(figures: Figures, words: Words) -> Iterator[str]:
    yield _h2(words["experiment"])
    told = [*facts(figures.spec, words), (words["steps"], count(figures.newest))]
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in told)
    yield f"<dl>{items}</dl>"


def _h2(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _swatch(entry: int) -> str:
    return f'<span class="swatch" style="background:var(--entry{entry + 1})">{entry + 1}</span>'


# --- results -------------------------------------------------------------------------------------


def _results(figures: Figures, words: Words) -> Iterator[str]:
    yield _h2(words["results"])
    heads = "".join(f'<th scope="col">{escape(words[column.key])}</th>' for column in COLUMNS)
    rows = "\n".join(_row(lane, words) for lane in figures.lanes)
    yield (
        f'<div class="scroll"><table>\n<thead><tr><th scope="col">{escape(words["lane"])}</th>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table></div>"
    )
    yield _note(_about_results(figures, words))
    yield f"<h3>{escape(words['parity_heading'])}</h3>"
    told = [parity_text(figures, pair, words) for pair in figures.pairs] or [words["parity_alone"]]
    for entry, text in past_plans(figures.spec, figures.newest, words):
        told.append(words["parity_told"].format(label=figures.spec.labels[entry], told=text))
    yield "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in told) + "</ul>"


def _row(lane: LaneFigures, words: Words) -> str:
    """The exact number stands with each cell, for whoever points at it or reads the page by a program."""
    cells = ""
    for column, text in zip(COLUMNS, texts_of(lane, words), strict=True):
        value = column.value(lane)
        differs = ' class="differs"' if value in WRONG else ""
        exact = "" if value is None else str(value)
        cells += f'<td data-value="{exact}" title="{exact}"{differs}>{escape(text)}</td>'
    hidden = f" ({escape(words['hidden'])})" if lane.hidden else ""
    return f'<tr><th scope="row">{_swatch(lane.entry)}{escape(lane.id)}{hidden}</th>{cells}</tr>'


def _about_results(figures: Figures, words: Words) -> str:
    texts = [words["results_note"].format(at=count(figures.step))]
    if figures.step < figures.newest:
        texts.append(words["results_past_note"].format(step=count(figures.newest), at=count(figures.step)))
    if figures.every is not None:
        texts.append(words["every_note"].format(every=count(figures.every)))
    if figures.target is not None:
        texts.append(words["target_note"].format(target=short(figures.target, 6)))
    return " ".join([*texts, words["area_note"], words["seconds_note"]])


def parity_text(figures: Figures, pair: PairParity, words: Words) -> str:
    """How a pair has fared, how far its lanes have been apart, and what of it was judged."""
    told = pair_sentence(pair, figures.spec.dtype, words)
    texts = [words["parity_told"].format(label=pair.label, told=told)]
    if pair.verdict == "lockstep":
        texts += [worst_text(pair, words), judged_text(pair, words)]
    return " ".join(filter(None, texts))


# --- pictures ------------------------------------------------------------------------------------


def _figure(figures: Figures, name: str, svg: str, words: Words) -> str:
    title = escape(words[name])
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
    about = {"rates": lambda: words["rates_note"], "surface": lambda: _about_surface(figures, words)}
    about["sweep"] = lambda: _about_sweep(figures, words)
    note = _note(about[name]()) if name in about else ""
    return f'<figure id="{name}"><figcaption>{title}</figcaption>{note}\n{svg}</figure>'


def _about_surface(figures: Figures, words: Words) -> str:
    assert figures.surface is not None
    return note(figures, figures.surface, words)


def _about_sweep(figures: Figures, words: Words) -> str:
    part = figures.sweep
    assert part is not None
    texts = [sweep_title(figures.sweep_spec, part, words) + "."]
    spread = spread_of(part)
    if (best := lowest(spread)) is not None:
        axes = zip(part.plan.axes, best, strict=False)
        values = ", ".join(f"{path_in_words(axis.path)} {short(axis.values[place])}" for axis, place in axes)
        texts.append(words["sweep_lowest"].format(values=values, loss=short(float(spread.median[best]), 5)))
    if told := past_plan(figures.sweep_spec.optimizers[part.plan.entry], part.step, words):
        label = figures.sweep_spec.labels[part.plan.entry]
        texts.append(words["parity_told"].format(label=label, told=told))
    if lost := int(part.diverged.sum()):
        texts.append(words["sweep_diverged"].format(count=count(lost), all=count(part.diverged.size)))
    return " ".join(texts)


# --- settings ------------------------------------------------------------------------------------


def _settings(figures: Figures, words: Words) -> Iterator[str]:
    spec = figures.spec
    yield _h2(words["settings"])
    yield _note(words["settings_note"])
    for number, (label, entry) in enumerate(zip(spec.labels, spec.optimizers, strict=True)):
        yield f"<h3>{_swatch(number)}{escape(label)}</h3>"
        yield f'<pre class="entry">{escape(layout(_listed(effective(entry))))}</pre>'
    if figures.changes:
        yield f"<h3>{escape(words['changes'])}</h3>"
        yield _note(words["changes_note"])
        told = (change_text(spec, change, words) for change in figures.changes)
        yield "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in told) + "</ul>"


def _listed(value: object) -> object:
    """JSON has lists, no tuples."""
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    return [_listed(item) for item in value] if isinstance(value, list | tuple) else value


def _file(figures: Figures, words: Words) -> Iterator[str]:
    yield _h2(words["file"])
    text = figures.spec.to_json()
    if len(text) > LARGEST_FILE:
        yield _note(words["file_too_large"].format(size=in_words(len(text))))
        return
    yield _note(words["file_note"])
    yield f'<details><summary>{escape(words["file"])}</summary><pre id="file">{escape(text)}</pre></details>'
