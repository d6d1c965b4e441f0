"""A notebook of a manual backward pass, in torch's tensors by hand, some thirty of them beside torch's gradients."""

from pathlib import Path

import pytest

from tests.scripts.conftest import Verify, departed
from tests.scripts.notebooks import MISTAKES, write

DOUBLE = "\ntorch.set_default_dtype(torch.float64)\n"


@pytest.mark.parametrize("first", ["", DOUBLE])
def test_a_right_notebook_is_called_right(first: str, tmp_path: Path, verify: Verify) -> None:
    status, record = verify(write(tmp_path / "right.ipynb", first=first))
    assert status == 0, departed(record)
    assert record["form"] == "script"
    assert record["dtype"] == ("float64" if first else "float32")
    assert len({one["own"] for one in record["pairs"]}) == 29
    assert {one["found_by"] for one in record["pairs"]} == {"name"}


@pytest.mark.parametrize("first", ["", DOUBLE])
def test_three_mistakes_are_told_apart_from_what_follows_from_them(first: str, tmp_path: Path, verify: Verify) -> None:
    status, record = verify(write(tmp_path / "wrong.ipynb", MISTAKES, first))
    assert status == 1
    assert departed(record) == ["dact", "dvariance", "dC"]
    assert record["first"]["tensor"] == "dact"
    by_name = {one["own"]: one for one in record["pairs"] if one["cell"] < 6}
    assert by_name["dshift"]["follows"] == "dact"
    assert by_name["dsquared"]["follows"] == "dvariance"
    assert by_name["dvariance"]["said"] == [{"what": "factor alone", "number": pytest.approx(-1)}]
    assert by_name["db1"]["verdict"] == "rounding"  # is 0 in truth, whatever comes in


@pytest.mark.parametrize("old", MISTAKES)
def test_each_mistake_alone_is_the_first_that_departs(old: str, tmp_path: Path, verify: Verify) -> None:
    _, record = verify(write(tmp_path / "wrong.ipynb", {old: MISTAKES[old]}))
    assert departed(record) == [old.split("[")[0].split(" ")[0]]
    lines = write(tmp_path / "same.ipynb").read_text(encoding="utf-8")
    assert old in lines
    cell, line = record["pairs"][0]["cell"], record["pairs"][0]["line_of_cell"]
    assert (cell, line) == (4, 1)
