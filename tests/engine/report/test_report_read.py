"""A report's page is read back as the run that it tells of, and whatever is wrong with one is told, never taken."""

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import engine.report.data
from engine.protocol import MakeReport, Report
from engine.report import report_job
from engine.run.lockstep import Lockstep
from engine.session_file import Damaged, EarlierRun, differing, losses_apart, read_earlier
from engine.session_file.report_page import BEGIN, END, data_element, packed
from engine.spec import ExperimentError, check
from tests.engine.experiments import optimizer, raw_article

ENTRIES = [optimizer("SGD", lr=0.1), optimizer("Adam", lr=0.01) | {"label": "<script><b>&amp;"}]


def run_of(steps: int, **parts: Any) -> Lockstep:
    run = Lockstep(check(raw_article(optimizers=ENTRIES) | parts))
    run.advance(steps)
    return run


def page_of(run: Lockstep, file: Path) -> Path:
    *_, report = report_job(run, None, MakeReport(1, 1, {}, ()))
    assert isinstance(report, Report)
    file.write_text(report.html, encoding="utf-8")
    return file


def replaced(page: Path, **parts: Any) -> Path:
    """The page with other parts of its data."""
    before, rest = page.read_text().split(BEGIN)
    text, after = rest.split(END)
    page.write_text(before + data_element(json.loads(text) | parts) + after, encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    run = run_of(12)
    run.set_params(0, {"lr": 0.5})
    run.advance(8)
    return page_of(run, tmp_path_factory.mktemp("report") / "page.html").read_bytes()


@pytest.fixture
def file(page: bytes, tmp_path: Path) -> Path:
    (file := tmp_path / "page.html").write_bytes(page)
    return file


def test_it_is_the_run_bit_for_bit(file: Path) -> None:
    found, run = read_earlier(file), run_of(12)
    run.set_params(0, {"lr": 0.5})
    run.advance(8)
    assert [lane.id for lane in found.lanes] == [lane.id for lane in run.lanes]
    for lane, series in zip(found.lanes, run.series, strict=True):
        assert losses_apart(lane.losses, series.values[:20]) == (20, None, 0.0, None)
    assert [lane.final for lane in found.lanes] == run.training_losses()
    assert (found.steps, found.every, found.spec) == (20, 1, run.changes.first)
    assert found.changes == ((12, 0, run.changes.first.optimizers[0].params, {"lr": 0.5}),)
    assert all(0 < lane.seconds[0] < lane.seconds[-1] <= lane.total_seconds * 1.001 for lane in found.lanes)


def test_of_a_long_run_every_kth_loss_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.report.data, "MOST_NUMBERS", 40)
    run = run_of(50)
    found = read_earlier(page_of(run, tmp_path / "page.html"))
    assert (found.every, found.steps) == (5, 46)
    lane = found.lanes[0]
    assert lane.at is not None
    assert lane.losses.tolist() == run.series[0].values[:50:5].tolist()
    other = run.series[0].values[:50].copy()
    other[21:] += 1
    assert losses_apart(lane.losses, other, lane.at)[:2] == (46, 26)


def test_settings_that_differ_are_found(file: Path) -> None:
    found = read_earlier(file)
    other = run_of(1, dtype="float64").spec.with_params([{"lr": 0.2}, {"lr": 0.01}])
    assert found.spec is not None
    told = {(one.path[-1], one.label, one.then, one.now) for one in differing(found.spec, other)}
    assert ("lr", "SGD", 0.1, 0.2) in told
    assert len(told) <= 2


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"schema": 2}, "newer_report"),
        ({"format": "other"}, "session_damaged"),
        ({"schema": True}, "session_damaged"),
        ({"newest": 10**12}, "session_damaged"),
        ({"every": 0}, "session_damaged"),
        ({"lanes": [{}]}, "session_damaged"),
        ({"changes": [[1, 2]]}, "session_damaged"),
        ({"experiment": {"schema": 1}}, "session_damaged"),
    ],
)
def test_what_is_none_is_refused(file: Path, parts: dict[str, Any], code: str) -> None:
    with pytest.raises(Damaged) as refused:
        read_earlier(replaced(file, **parts))
    assert refused.value.code == code


def test_what_unpacks_to_more_than_it_says_is_refused(file: Path) -> None:
    text = file.read_text().split(BEGIN)[1].split(END)[0]
    lanes = json.loads(text)["lanes"]
    lanes[0]["losses"]["zlib"] = packed(np.zeros(10_000_000))["zlib"]
    with pytest.raises(Damaged):
        read_earlier(replaced(file, lanes=lanes))


def test_a_page_without_numbers_is_told(tmp_path: Path) -> None:
    (file := tmp_path / "page.html").write_text("<html></html>")
    with pytest.raises(Damaged) as refused:
        read_earlier(file)
    assert refused.value.code == "report_without_numbers"
    with pytest.raises(Damaged, match="not_readable"):
        read_earlier(tmp_path / "gone.html")


def test_mutated_pages_are_taken_whole_or_refused(page: bytes, tmp_path: Path) -> None:
    """Bytes of the data that are other ones, gone or there twice: no error but those that are told, and no hang."""
    begin = page.index(BEGIN.encode())
    end = page.index(END.encode(), begin) + len(END)
    dice = random.Random(7)
    taken = 0
    for number in range(200):
        changed, place = bytearray(page), dice.randrange(begin, end)
        if number % 3 == 0:
            changed[place] = dice.randrange(256)
        elif number % 3 == 1:
            del changed[place : place + dice.randrange(1, 200)]
        else:
            changed[place:place] = changed[place : place + dice.randrange(1, 50)]
        (file := tmp_path / "page.html").write_bytes(changed)
        try:
            assert isinstance(read_earlier(file), EarlierRun)
            taken += 1
        except (Damaged, ExperimentError):
            pass
    assert taken < 100
