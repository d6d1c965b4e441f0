"""The report: its figures are the run's, nothing in it is from elsewhere, and what a person typed is text."""

import json
import re
from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from math import isnan
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy import ndarray as Array

from engine.diy.optimizers import OPTIMIZERS
from engine.diy.schedules import SCHEDULES
from engine.protocol import (
    REPORT_WORDS,
    MainPlane,
    MakeReport,
    RandomPlane,
    Report,
    StartSurface,
    StartSweep,
    SurfacePart,
    SweepAxis,
    SweepPart,
    SweepPlan,
    WeightPlane,
)
from engine.race.race import Racing
from engine.report import COLUMNS, figures_of, pictures_of, report_job
from engine.report.curves import rate_picture, spread, view_of
from engine.report.settings import effective
from engine.run.lockstep import Lockstep
from engine.spec import check
from engine.spec.palette import ON_DARK, ON_LIGHT, on_both
from engine.surface import surface_job
from engine.sweep import sweep_job
from tests.engine.experiments import experiment, layer, optimizer, raw_article, raw_problem

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """What a browser would make of it: the table, texts by their elements, and all that would be fetched or run."""

    def __init__(self, html: str):
        super().__init__()
        self.html = html
        self.rows: list[list[tuple[str, str | None]]] = []  # each cell's text and exact number
        self.texts: dict[str, list[str]] = {}
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        self.tags.append(tag)
        self.fetched += [str(about[name]) for name in ("src", "href", "xlink:href", "action", "data") if name in about]
        if tag not in VOID:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append(("", about.get("data-value")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data
        if {"td", "th"} & set(self._open):
            text, value = self.rows[-1][-1]
            self.rows[-1][-1] = text + data, value

    @property
    def table(self) -> dict[str, dict[str, tuple[str, str | None]]]:
        """Each lane's cells by their headings."""
        heads, *rows = self.rows
        return {
            re.sub(r"^\d+", "", row[0][0]): dict(zip((head for head, _ in heads[1:]), row[1:], strict=True))
            for row in rows
        }

    @property
    def pictures(self) -> dict[str, ElementTree.Element]:
        """By their figures' ids; each must be sound XML."""
        found = re.findall(r'<figure id="(\w+)">.*?(<svg.*?</svg>)', self.html, re.DOTALL)
        return {name: ElementTree.fromstring(svg) for name, svg in found}


def reported(run: Lockstep, surface: SurfacePart | None = None, **more: Any) -> Page:
    words: Mapping[str, str] = more.pop("words", {})
    *_, last = report_job(run, surface, MakeReport(1, 7, dict(words), more.pop("colors", ()), **more))
    assert isinstance(last, Report)
    assert last.job == 7
    return Page(last.html)


def trained(raw: dict[str, Any], steps: int = 30) -> Lockstep:
    run = Lockstep(check(raw))
    run.advance(steps)
    return run


def surface_of(run: Lockstep, plane: Any, resolution: int = 9) -> SurfacePart:
    *_, part = (part for part in surface_job(run, StartSurface(1, 3, plane, resolution=resolution)) if part)
    return part


def sweep_of(raw: dict[str, Any], plan: SweepPlan) -> SweepPart:
    *_, part = (part for part in sweep_job(StartSweep(2, check(raw), plan)) if isinstance(part, SweepPart))
    return part


FOURTEEN = [optimizer(name) for name in OPTIMIZERS]
TWO = [optimizer("SGD", lr=0.1), {"name": "Adam", "backends": ["diy"], "label": "mine"}]


# --- figures -------------------------------------------------------------------------------------


def test_the_tables_numbers_are_the_runs_to_the_last_digit() -> None:
    run = trained(raw_article(optimizers=TWO))
    target = run.series[0].values[9]
    page = reported(run, target=float(target))
    rows = Racing(run).rows(float(target))
    assert list(page.table) == [lane.id for lane in run.lanes] == ["SGD/diy", "SGD/torch", "mine/diy"]
    for row, cells in zip(rows, page.table.values(), strict=True):
        told = {key: cells[REPORT_WORDS[key]][1] for key in (column.key for column in COLUMNS)}
        for key in ("final", "best", "best_step", "target_step", "area", "grad_norm", "evaluations", "state_bytes"):
            assert told[key] == ("" if getattr(row, key) is None else str(getattr(row, key))), key
    assert page.table["SGD/diy"]["Steps to target"] == ("9", "9")
    assert page.table["SGD/diy"]["Final loss"][0] == str(np.float32(rows[0].final))
    assert page.table["SGD/diy"]["Parity"] == ("in lockstep", "lockstep")
    assert page.table["mine/diy"]["Parity"] == ("–", "")
    assert float(str(page.table["SGD/torch"]["Max |Δ|"][1])) == run.parity()[0].farthest.max_abs


def test_all_fourteen_race_with_their_pictures() -> None:
    run = trained(raw_problem(optimizers=FOURTEEN, dtype="float64"), 12)
    page = reported(run, surface_of(run, MainPlane()))
    assert len(page.table) == 28
    assert list(page.pictures) == ["over_step", "over_seconds", "over_evaluations", "surface"]
    legend = "".join(page.pictures["over_step"].itertext())
    for number, name in enumerate(OPTIMIZERS, start=1):
        assert f"{number}  {name}" in legend
    assert page.texts["dd"][0] == "rosenbrock from (-1.5, 2)"


def test_losses_that_are_no_numbers_survive() -> None:
    network = {"layers": [layer(4, "identity")], "loss": "mse"}
    run = trained(raw_article(optimizers=[optimizer("SGD", lr=1e30), optimizer("Adam", lr=0.1)], network=network))
    page = reported(run)
    assert isnan(float(str(page.table["SGD/diy"]["Final loss"][1])))
    assert page.table["SGD/diy"]["Final loss"][0] == "NaN"
    assert page.table["SGD/diy"]["Area, log"][0] == "–"
    assert not any("nan" in path for path in re.findall(r' d="[^"]*"', page.html))


def test_before_the_first_step_there_is_a_page_too() -> None:
    page = reported(Lockstep(check(raw_article()), judge_at_once=False))
    assert page.table["SGD/diy"]["Final loss"][0] == "NaN"
    assert "There is no loss to be drawn" in "".join(page.pictures["over_step"].itertext())


def test_hidden_lanes_are_listed_and_not_drawn() -> None:
    run = trained(raw_article(optimizers=TWO))
    page = reported(run, colors=ON_LIGHT[:2], hidden=("mine/diy",))
    assert "mine/diy (hidden)" in page.table
    drawn = ElementTree.tostring(page.pictures["over_step"], encoding="unicode")
    assert "mine" not in drawn
    assert "var(--entry1)" in drawn
    assert "var(--entry2)" not in drawn


def test_a_pair_that_differs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.diy.activations import ACTIVATIONS

    right = ACTIVATIONS["sigmoid"]
    wrong = right._replace(df=lambda z, a: right.df(z, a) * 1.01)
    monkeypatch.setitem(ACTIVATIONS, "sigmoid", wrong)
    page = reported(trained(raw_article(dtype="float64"), 3))
    assert page.table["SGD/diy"]["Parity"] == ("differs", "differs")
    assert any("SGD: differs at step 1, stage layer1.backward, layer1.da_dz" in text for text in page.texts["li"])


# --- settings ------------------------------------------------------------------------------------


def test_the_settings_can_be_pasted_back_and_so_can_the_file() -> None:
    entry = {
        "name": "AdamW",
        "params": {"lr": 0.02},
        "schedule": {"name": "StepLR", "params": {"step_size": 5}, "warmup": {"steps": 3}},
        "clip": {"norm": 1.0},
    }
    raw = raw_article(optimizers=[entry, optimizer("SGD")], title="Größe")
    page = reported(trained(raw))
    first, second, file = map(json.loads, page.texts["pre"])
    assert first["params"] | {"lr": 0.02, "betas": [0.9, 0.999], "amsgrad": False} == first["params"]
    assert first["schedule"]["params"]["gamma"] == 0.1
    assert second["params"]["momentum"] == 0
    assert check({**raw, "optimizers": [first, second]}).labels == ("AdamW", "SGD")
    assert check(file) == check(raw)
    assert "rates" in page.pictures
    assert (page.texts["title"][0], page.texts["h1"][0]) == ("Größe", "Größe")


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_entry_with_all_its_defaults_is_the_same_entry(name: str) -> None:
    spec = check(raw_problem(optimizers=[optimizer(name)]))
    entry = json.loads(json.dumps(effective(spec.optimizers[0])))
    again = check(raw_problem(optimizers=[entry]))
    assert effective(again.optimizers[0]) == effective(spec.optimizers[0])


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_with_all_its_defaults_is_the_same_schedule(name: str) -> None:
    params = {
        "StepLR": {"step_size": 3},
        "MultiStepLR": {"milestones": [2, 4]},
        "ExponentialLR": {"gamma": 0.9},
        "CosineAnnealingLR": {"T_max": 9},
        "CosineAnnealingWarmRestarts": {"T_0": 5},
        "CyclicLR": {"base_lr": 0.01, "max_lr": 0.1},
        "OneCycleLR": {"max_lr": 0.1, "total_steps": 20},
    }.get(name, {})
    raw = raw_problem(optimizers=[optimizer("SGD", momentum=0.9) | {"schedule": {"name": name, "params": params}}])
    entry = json.loads(json.dumps(effective(check(raw).optimizers[0])))
    assert effective(check({**raw, "optimizers": [entry]}).optimizers[0]) == effective(check(raw).optimizers[0])


def test_what_was_changed_during_the_run_is_told() -> None:
    run = Lockstep(check(raw_article()), budget=1 << 20)
    run.advance(10)
    run.set_params(0, {"lr": 0.5})
    run.advance(5)
    page = reported(run)
    assert json.loads(page.texts["pre"][0])["params"]["lr"] == 0.1
    assert "After step 10, SGD: lr 0.5" in page.texts["li"]


# --- as a page -----------------------------------------------------------------------------------


def test_what_a_person_typed_is_text_and_nothing_is_fetched() -> None:
    label = "<script>alert(1)</script>$x$ & \"q' _ #0072b2"
    entries = [{"name": "SGD", "label": label.replace("/", "")}, {"name": "Adam", "label": "_hidden"}]
    run = trained(raw_article(optimizers=entries, title="<img src=http://x>&lt;"))
    page = reported(run, surface_of(run, RandomPlane(1)))
    assert not {"img", "link", "iframe", "object"} & set(page.tags)
    assert re.findall("<script[^>]*>", page.html) == ['<script type="application/json" id="lockstep-run">']
    assert page.texts["h1"] == ["<img src=http://x>&lt;"]
    assert entries[0]["label"] + "/diy" in page.table
    legend = "".join(page.pictures["over_step"].itertext())
    assert "1  <script>alert(1)<script>$" in legend
    assert "2  _hidden" in legend
    assert all(target.startswith("#") for target in page.fetched)
    beside = re.sub(r"xmlns(:\w+)?=\"[^\"]*\"", "", page.html).replace("http://x&gt;", "").replace("http://x>", "")
    beside = beside.replace("http://x\\u003e", "")
    assert "http" not in beside.replace("http-equiv", "")
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", page.html)
    assert "default-src 'none'" in page.html


HOSTILE = (
    "{{ 7 * 7 }}{% include 'page.html.jinja' %}{# gone #}",
    "</title></h1></pre></style><script>alert(1)</script>",
    '" onmouseover="alert(1)" x=\'',
    "&lt;b&gt; &amp; <b>",
    "<!-- ]]> --> <![CDATA[",
    "{made} {0} %s $1",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_label_and_no_title_is_more_than_text(typed: str) -> None:
    typed = typed.replace("/", "∕")  # which no label may have
    run = trained(raw_article(optimizers=[{"name": "SGD", "label": typed}], title=typed), 3)
    run.set_params(0, {"lr": 0.5})
    page = reported(run)
    assert (page.texts["title"], page.texts["h1"]) == ([typed], [typed])
    assert f"{typed}/diy" in page.table
    assert f"1{typed}" in page.texts["h3"]
    assert json.loads(page.texts["pre"][0])["label"] == typed
    assert check(json.loads(page.texts["pre"][-1])) == run.changes.first
    assert f"After step 3, {typed}: lr 0.5" in page.texts["li"]
    assert outside_pictures(page) == usual_tags(changed=True)


def test_a_title_with_a_slash_closes_nothing() -> None:
    title = "</title></h1></style></head><script>alert(1)</script>"
    page = reported(trained(raw_article(title=title), 3))
    assert (page.texts["title"], page.texts["h1"]) == ([title], [title])
    assert outside_pictures(page) == usual_tags()


def test_words_are_text_too() -> None:
    word = "\"><script>{{ x }}</script> '"
    words = {"language": word, "final": word, "over_step": word, "results": word, "rates_note": word}
    page = reported(trained(raw_article(title="title"), 3), words=words)
    assert word in page.texts["h2"]
    assert word in page.texts["figcaption"]
    assert outside_pictures(page) == usual_tags()


@cache
def usual_tags(changed: bool = False) -> list[str]:
    """The tags of a page in which nobody typed anything odd."""
    plain = trained(raw_article(title="title"), 3)
    if changed:
        plain.set_params(0, {"lr": 0.5})
    return outside_pictures(reported(plain))


def outside_pictures(page: Page) -> list[str]:
    """The tags of the page itself, with the names of their attributes."""
    html = re.sub(r"(<svg [^>]*>).*?</svg>", r"\1</svg>", page.html, flags=re.DOTALL)
    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(" ".join([tag, *(name for name, _ in attrs)]))

    Tags().feed(html)
    return tags


def test_ids_are_each_of_one_picture_and_lead_somewhere() -> None:
    run = trained(raw_article())
    page = reported(run, surface_of(run, MainPlane()))
    ids = re.findall(r'\bid="([^"]*)"', page.html)
    assert len(ids) == len(set(ids))
    used = re.findall(r"(?:xlink:href=\"|url\()#([\w.-]+)", page.html)
    assert used
    assert set(used) <= set(ids)


def test_colors_are_the_entries_in_light_and_in_the_dark() -> None:
    page = reported(trained(raw_article(optimizers=TWO)), colors=(ON_LIGHT[3], ON_DARK[7]))
    light, dark = page.html.split("@media screen and (prefers-color-scheme:dark)")
    assert f"--entry1:{ON_LIGHT[3]};--entry2:{ON_LIGHT[7]};" in light
    assert f"--entry1:{ON_DARK[3]};--entry2:{ON_DARK[7]};" in dark
    assert on_both("#123456") == ("#123456", "#123456")


def test_the_words_are_those_that_were_handed_over() -> None:
    run = trained(raw_article(optimizers=[{"name": "SGD", "label": "学习率"}]))
    page = reported(run, words={"language": "zh", "results": "结果", "loss": "损失", "final": "最终损失"})
    assert '<html lang="zh">' in page.html
    assert "结果" in page.texts["h2"]
    assert "最终损失" in page.table["学习率/diy"]
    assert "损失" in "".join(page.pictures["over_step"].itertext())


def test_equal_runs_make_equal_pages_but_for_what_is_measured() -> None:
    def untimed(page: Page) -> str:
        html = re.sub(r'<figure id="over_seconds".*?</figure>', "", page.html, flags=re.DOTALL)
        html = re.sub(r"made [^·]*·", "", html)
        html = re.sub(r'"marks":\[.*?\],|"seconds":[^,]*,', "", html)
        return re.sub(r"<td[^>]*>[^<]*</td>", "", html)

    assert untimed(reported(trained(raw_article()))) == untimed(reported(trained(raw_article())))


# --- surfaces and sweeps -------------------------------------------------------------------------


PLANES = [MainPlane(), RandomPlane(2), WeightPlane(("layer1.weight", (0, 1)), ("layer1.weight", (3, 2)))]


@pytest.mark.parametrize("plane", PLANES, ids=lambda plane: type(plane).__name__)
def test_a_surface_is_drawn_with_its_axes_and_paths(plane: Any) -> None:
    run = trained(raw_article(optimizers=TWO))
    surface = surface_of(run, plane)
    text = drawn(run, surface, surface.values)
    wanted = {
        MainPlane: "direction 1 (",
        RandomPlane: "direction 2",
        WeightPlane: "layer1.weight[3, 2]",
    }
    assert wanted[type(plane)] in text


def test_a_surface_that_is_partly_or_wholly_no_number_is_drawn() -> None:
    run = trained(raw_article())
    surface = surface_of(run, MainPlane())
    for losses in (np.full((9, 9), np.nan), np.full((9, 9), 2.0), np.zeros((9, 9)), np.eye(9) - 3):
        assert "hatched" in drawn(run, surface, losses) or np.isfinite(losses).all()
    partly = surface.values.copy()
    partly[2:4] = np.inf
    assert "hatched: not finite" in drawn(run, surface, partly)


def drawn(run: Lockstep, surface: SurfacePart, losses: Array) -> str:
    """The texts of the surface's picture, with other losses."""
    draw = pictures_of(figures_of(run, surface._replace(values=losses)), REPORT_WORDS)["surface"]
    return " ".join(ElementTree.fromstring(draw()).itertext())


def test_another_surfaces_paths_are_not_drawn_on_it() -> None:
    run = trained(raw_article())
    surface = surface_of(run, MainPlane())
    assert figures_of(run, surface).paths
    assert not figures_of(run, surface._replace(job=99)).paths
    assert figures_of(run, surface._replace(values=np.empty((0, 0)))).surface is None


def test_a_sweep_is_that_of_its_own_experiment() -> None:
    plan = SweepPlan(1, (SweepAxis(("lr",), (0.01, 0.1, 1.0), True),), (0, 1), 10)
    other = raw_article(optimizers=[optimizer("SGD"), {"name": "Adam", "label": "swept"}])
    part, run = sweep_of(other, plan), trained(raw_article())
    page = reported(run, sweep=part, sweep_spec=check(other))
    assert "swept: loss after 10 steps, 2 seeds" in "".join(page.pictures["sweep"].itertext())
    assert f"Lowest: lr {[0.01, 0.1, 1.0][int(np.argmin(np.median(part.losses, axis=2)))]:g}, loss" in page.html
    assert "sweep" not in reported(run, sweep=part).pictures  # the run's has no such entry


# --- views ---------------------------------------------------------------------------------------


def test_what_explodes_leaves_the_picture_and_the_others_stay_to_be_seen() -> None:
    view = view_of([np.array([4.0, 1e9, 1e30, np.inf]), np.array([4.0, 1.0, 0.1, 0.0])])
    assert view is not None
    assert view.log
    assert 0.05 < view.low < 0.1
    assert 4000 < view.high < 8000
    falling = view_of([np.array([1.0, -5.0, -1e30])])
    assert falling is not None
    assert not falling.log
    assert -2000 < falling.low < -1000
    assert view_of([np.array([np.nan, np.inf]), np.empty(0)]) is None


def test_numbers_at_the_ends_do_not_lie_upon_each_other() -> None:
    placed = spread([(entry, 1.0, 0.97 + entry / 1000) for entry in range(14)])
    heights = sorted(up for _, _, up in placed)
    assert len(placed) == 14
    assert heights[-1] <= 1
    assert min(np.diff(heights)) > 0.03
    assert spread([(0, 0.2, 0.5), (1, 0.9, 0.5)]) == [(1, 0.9, 0.5), (0, 0.2, 0.5)]


def test_the_rate_that_is_drawn_says_whose_group_it_is() -> None:
    schedule = {"name": "StepLR", "params": {"step_size": 2}}
    rest = {**optimizer("SGD", lr=0.1), "schedule": schedule, "groups": [{"match": "*.bias", "params": {"lr": 0.2}}]}
    every = {**rest, "label": "all", "groups": [{"match": "*.bias"}, {"match": "*.weight", "params": {"lr": 0.3}}]}
    run = Lockstep(experiment([layer(2)], optimizers=[rest, every]), judge_at_once=False)
    run.advance(3)
    drawn = rate_picture(figures_of(run), REPORT_WORDS)
    assert "SGD, weights in no group" in drawn
    assert "all, group *.weight" in drawn
