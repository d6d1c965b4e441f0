"""A script's process is a fork of one that has loaded torch, which saves each test the seconds that takes."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import engine.headless.cli as cli
import engine.own.process
from tests.programs import forkserver

RIGHT = Path(__file__).parent / "right"
Verify = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.own.process, "multiprocessing", SimpleNamespace(get_context=lambda _: forkserver()))


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Runs ``verify`` on a file and returns its exit status and its record."""

    def run(file: Path, *options: str) -> tuple[int, dict[str, Any]]:
        out = tmp_path / "record.json"
        status = cli.main(["verify", str(file), *options, "--json", str(out)])
        return status, json.loads(out.read_text(encoding="utf-8"))

    return run


def changed(name: str, changes: Mapping[str, str], folder: Path) -> Path:
    """Writes a right script with lines changed; each must stand in it."""
    text = (RIGHT / name).read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def departed(record: dict[str, Any]) -> list[str]:
    """Names the own values that depart by themselves, in the order in which they were made."""
    return [one["own"] for one in record["pairs"] if one["verdict"] == "different" and not one["follows"]]
