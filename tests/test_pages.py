"""README and CONTRIBUTING name what is there: no file that has moved, and every room."""

import re

import pytest

from tests.programs import ROOT

PAGES = ("README.md", "CONTRIBUTING.md")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page: str) -> None:
    named = re.findall(r"`((?:engine|gui|tests|resources|\.ci)/[\w./-]*)`", text_of(page))
    named += re.findall(r"\]\(([^)#:]+)\)", text_of(page))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_module_that_can_be_run_exists(page: str) -> None:
    for module in re.findall(r"python -m ((?:tests|resources)\.[\w.]+)", text_of(page)):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), module


@pytest.mark.parametrize("house", ["engine", "gui"])
def test_find_your_way_has_every_room_once(house: str) -> None:
    table = text_of("README.md").partition(f"| room of `{house}` |")[2].partition("\n\n")[0]
    named = [room for line in table.splitlines()[2:] for room in re.findall(r"`(\w+)`", line.split("|")[1])]
    there = {path.name for path in (ROOT / house).iterdir() if (path / "__init__.py").exists()}
    listed_files = {"kept_source", "preflight"}
    assert sorted(named) == sorted(there | (listed_files & {path.stem for path in (ROOT / house).glob("*.py")}))
