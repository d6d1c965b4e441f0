"""Docstrings of what is public begin with a verb, and so make sense alone, where an editor shows them.

Ruff (``D401``) sees to the mood of functions' docstrings, private ones too, as far as it knows the word.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WORDS = """
Accept Add Aim Allow Answer Apply Ask Be Become Begin Bind Bound Break Bring Call Cancel Carry Chain Change Check
Choose Clip Close Collect Colour Compare Compile Compute Connect Convert Copy Count Cut Decide Decline Delete Describe
Dim Divide Do Drag Draw Dress Drop Edit Empty Enable End Enter Evaluate Expect Explain Fetch Fill Find Finish Fit Focus
Follow Forget Frame Free Gather Get Give Go Guess Hand Have Hear Hide Hold Import Install Join Judge Keep Label Lay
Lead Learn Leave Lengthen Let List Load Locate Look Make Mark Measure Mix Move Name Narrow Nudge Number Offer Open
Paint Parse Plant Play Point Project Put Queue Raise Read Record Refuse Release Remember Remove Rename Repeat Replace
Report Reserve Return Run Save Say Scale Schedule Scroll See Send Serve Set Show Smooth Split Stand Start Stay Step
Stop Style Swallow Sweep Switch Take Talk Teach Tell Thin Toggle Train Translate Turn Typeset Unfold Use Vary Verify
Wait Want Warm Warn Watch Work Write Yield
"""
VERBS = frozenset(WORDS.split())
FORMULA = ":math:"  # of the textbook: it says what is returned

Documented = ast.ClassDef | ast.FunctionDef


def documented(body: list[ast.stmt], within: str = "") -> Iterator[tuple[str, str]]:
    """Yield the public names that have a docstring, and its first word."""
    for node in body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            if text := ast.get_docstring(node):
                yield f"{within}{node.name}", text.split()[0].rstrip(".,:;")
            if isinstance(node, ast.ClassDef):
                yield from documented(node.body, f"{within}{node.name}.")


def without_verb(file: Path) -> list[str]:
    """List the public names of a file whose docstrings begin with another word than a verb."""
    found = documented(ast.parse(file.read_text(encoding="utf-8")).body)
    return [f"{name}: {word} …" for name, word in found if word not in VERBS and not word.startswith(FORMULA)]


@pytest.mark.parametrize("package", ["engine", "gui"])
def test_docstrings_begin_with_a_verb(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py"))
    assert len(files) > 50
    assert {str(file.relative_to(ROOT)): names for file in files if (names := without_verb(file))} == {}


def test_a_docstring_without_a_verb_is_found(tmp_path: Path) -> None:
    file = tmp_path / "file.py"
    file.write_text(
        'def one():\n    """Of the newest step."""\n\n\n'
        'class Other:\n    """Keep steps."""\n\n    @property\n    def newest(self):\n        """The newest."""\n\n\n'
        'def _own():\n    """As before."""\n'
    )
    assert without_verb(file) == ["one: Of …", "Other.newest: The …"]
