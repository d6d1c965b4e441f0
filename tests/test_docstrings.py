"""Docstrings of public functions and classes make sense alone, where an editor shows them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DANGLING = ("As", "Back", "By", "For", "From", "Its", "Of", "The same", "Those", "What", "Where", "With")
WAITING = {  # rooms whose docstrings are still to be rewritten
    *(f"engine/{room}" for room in ("diy",)),
    "gui/compare",
}

Documented = ast.ClassDef | ast.FunctionDef


def public(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield node.name, ast.get_docstring(node) or ""
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def dangling(file: Path) -> list[str]:
    """Find the public names of a file whose docstrings begin as the rest of a sentence does."""
    found = public(ast.parse(file.read_text(encoding="utf-8")).body)
    return [name for name, text in found if any(text.startswith(f"{words} ") for words in DANGLING)]


def waits(file: Path) -> bool:
    return any(file.is_relative_to(ROOT / room) for room in WAITING)


@pytest.mark.parametrize("package", ["engine", "gui"])
def test_no_docstring_begins_as_the_rest_of_a_sentence_does(package: str) -> None:
    files = [file for file in sorted((ROOT / package).rglob("*.py")) if not waits(file)]
    assert {str(file.relative_to(ROOT)): names for file in files if (names := dangling(file))} == {}


def test_a_dangling_docstring_is_found(tmp_path: Path) -> None:
    file = tmp_path / "file.py"
    file.write_text('def one():\n    """Of the newest step."""\n\n\ndef other():\n    """Office hours."""\n')
    assert dangling(file) == ["one"]
