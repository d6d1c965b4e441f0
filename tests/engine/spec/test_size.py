"""However much is in a file, and however much of it is wrong: work and words grow with it, and no faster.

Work is counted, not timed: calls, comparisons, characters written.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.headless.cli import main
from engine.spec import MOST_TOLD, ExperimentError, Fault, check, labels_of, load
from engine.spec import faults as told_faults
from engine.spec.faults import Guess, first_twice, listed, shown
from tests.engine.experiments import raw_article, raw_problem

Make = Callable[[int], dict[str, Any]]


def calls_of(text: str) -> int:
    """How many functions, Python's and C's, are called until the file is read or refused and the first faults told."""
    count = 0

    def look(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(look)
    try:
        load(text)
    except ExperimentError as error:
        str(error)
    finally:
        sys.setprofile(None)
    return count


def named(count: int, **entry: Any) -> list[dict[str, Any]]:
    return [dict(entry) for _ in range(count)]


def lanes(count: int) -> list[dict[str, Any]]:
    return [
        {"kind": "condition", "quantity": "loss", "op": ">", "value": 1, "lane": f"SGD {n}/diy"} for n in range(count)
    ]


GROWING: dict[str, Make] = {
    "entries": lambda n: raw_article(optimizers=named(n, name="SGD")),
    "wrong entries": lambda n: raw_article(optimizers=named(n, name="SDG", params={"lr": -1})),
    "layers": lambda n: raw_article(network={"layers": named(n, units=4)}),
    "wrong layers": lambda n: raw_article(network={"layers": named(n, units=0, activation="sigmod", unit=1)}),
    "unknown fields": lambda n: raw_article(**{f"field{number}": 0 for number in range(n)}),
    "unknown weights": lambda n: raw_article(
        network={"layers": named(200, units=4)}, start={"weights": {f"w{number}": [1] for number in range(n)}}
    ),
    "conditions": lambda n: raw_article(optimizers=named(200, name="SGD"), breakpoints=lanes(n)),
    "matrices only": lambda n: raw_article(
        network={"layers": named(200, units=4)}, optimizers=named(n, name="Muon", params={"lr": 1e-3})
    ),
    "numbers that are none": lambda n: raw_article(data={"x": [["a"] * n], "y": [[None] * n]}),
    "ragged rows": lambda n: raw_article(data={"x": [[1, 2], *([1] for _ in range(n))], "y": [[1]]}),
    "classes out of range": lambda n: raw_article(
        data={"x": [[1]] * n, "y": [7] * n}, network={"layers": named(1, units=2), "loss": "cross_entropy"}
    ),
    "repeated labels": lambda n: raw_article(optimizers=named(n, name="SGD", label="same")),
}


@pytest.mark.parametrize("kind", GROWING)
def test_work_grows_no_faster_than_the_file(kind: str) -> None:
    few, many = (json.dumps(GROWING[kind](count)) for count in (60, 240))
    calls_of(few)  # what is made but once
    assert calls_of(many) < 4.4 * calls_of(few)


@pytest.mark.parametrize("kind", GROWING)
def test_what_is_told_has_an_end(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "experiment.json"
    file.write_text(json.dumps(GROWING[kind](500)))
    assert main(["run", str(file), "--steps", "1"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert 1 <= len(lines) <= MOST_TOLD + 1
    assert max(map(len, lines)) < 1000 + len(str(file))


def test_the_first_faults_are_told_and_the_others_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "experiment.json"
    file.write_text(json.dumps(raw_article(data={"x": [[None] * 1234], "y": [[1, 2, 3, 4]]})))
    assert main(["run", str(file), "--steps", "1"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[:20] == [f"{file}: data.x[0][{number}] must be a number, not null" for number in range(20)]
    assert lines[20:] == [f"{file}: and 1,214 more"]


def test_a_name_that_was_meant_is_looked_for_only_where_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Any] = []
    monkeypatch.setattr(told_faults.difflib, "get_close_matches", lambda *given, **_: looked.append(given) or [])
    with pytest.raises(ExperimentError) as caught:
        check(raw_article(**{f"titl{number}": "" for number in range(500)}))
    assert len(caught.value.faults) == 500
    assert len(looked) == MOST_TOLD


class Counted(str):
    """Text that counts how often it is compared, hashed or written into another one."""

    __slots__ = ()
    compared = hashed = written = 0

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        Counted.hashed += 1
        return str.__hash__(self)

    def __format__(self, how: str) -> str:
        Counted.written += 1
        return str.__format__(self, how)


def test_a_name_that_stands_twice_is_found_in_one_pass() -> None:
    names = [Counted(number) for number in range(3000)]
    Counted.compared = Counted.hashed = 0
    assert first_twice([*names, names[-1]]) == "2999"
    assert Counted.hashed <= 3 * len(names)
    assert Counted.compared <= len(names)


def test_entries_of_one_name_are_numbered_in_one_pass() -> None:
    entries = [(Counted("SGD"), None)] * 3000
    Counted.written = 0
    labels = labels_of(entries)
    assert Counted.written <= 2 * len(entries)
    assert len(set(labels)) == len(entries)
    assert labels[-1] == "SGD 3000"


def test_a_file_with_keys_twice_names_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "experiment.json"
    keys = [f"k{number}" for number in range(5000)]
    file.write_text("{" + ",".join(f'"{key}": 0' for key in (*keys, "k7", *keys)) + "}")
    assert main(["run", str(file), "--steps", "1"]) == 2
    assert capsys.readouterr().err == f'{file}: the experiment is not valid JSON: "k7" stands twice in an object\n'


@pytest.mark.parametrize("field", ["x", "title", "optimizers", "start", "schema", "breakpoints", "problem"])
def test_text_nested_to_any_depth_is_refused_in_words(
    field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "experiment.json"
    for depth in (*range(880, 1010, 10), 50_000):
        nested = "[" * depth + "]" * depth
        file.write_text(f'{{"schema": 1, "{field}": {nested}, "data": {nested}, "network": {{"loss": {nested}}}}}')
        assert main(["run", str(file), "--steps", "1"]) == 2
        lines = capsys.readouterr().err.splitlines()
        assert lines
        assert all(line.startswith(f"{file}: ") and len(line) < len(str(file)) + 400 for line in lines)


def test_of_a_value_no_more_is_read_than_shown() -> None:
    class Long(list[int]):
        read = 0

        def __iter__(self):
            for value in range(10**6):
                Long.read += 1
                yield value

    assert shown(Long([0])) == "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16…"
    assert Long.read < 100
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert shown(deep) == "[" * 57 + "…"
    while deep:  # or Python would take it apart one within the other
        deep = deep.pop()


def test_of_many_names_the_first_are_listed_and_all_counted() -> None:
    assert listed(["a", "b"]) == "a, b"
    many = listed([f"name{number}" for number in range(5000)])
    assert many.startswith("name0, name1, ")
    assert many.endswith("name19, … (5,000)")


def test_a_name_of_any_length_is_cut_where_it_is_told() -> None:
    (fault,) = [fault for fault in faults_of(raw_article(**{"x" * 100_000: 0})) if fault.code == "unknown_field"]
    assert len(str(fault)) < 200
    assert str(Guess("titl" + "e" * 100_000, ("title",))) == ""


def faults_of(raw: dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(ExperimentError) as caught:
        check(raw)
    return caught.value.faults


@pytest.mark.parametrize("raw", [raw_article(), raw_problem()])
def test_more_optimizers_than_the_window_has_rows_for_are_refused(raw: dict[str, Any]) -> None:
    (fault,) = faults_of(raw | {"optimizers": named(257, name="SGD")})
    assert str(fault) == "optimizers has too many entries: 257, at most 256"


@pytest.mark.parametrize("arguments", [["run", "f", "--steps", "1", "--out", ""], ["trace", "", "--step", "1"]])
def test_an_empty_path_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().err.endswith("must not be empty\n")
