"""What a person's own code may begin with: the textbook's function, and other forms, each torch's own."""

from pathlib import Path

import pytest

from engine.own.session import Wanted
from engine.spec import OwnCode
from engine.spec.textbook_copy import code_of_copy, copy_of
from engine.verify import Asked, verify_file
from engine.verify.findings import RIGHT
from engine.verify.targets import references
from gui.forms.own.skeletons import skeletons
from tests.drawing import sample

KINDS = ("optimizer", "activation", "loss", "layer")
COPIES = [(kind, name) for kind in KINDS[:3] for name in references(kind)] + [("layer", "linear")]


def verdict(text: str, code: str, kind: str, name: str | None, folder: Path) -> str:
    named = OwnCode.of(code)
    file = folder / named.file
    file.write_text(text, encoding="utf-8")
    record = verify_file(file, Wanted(named.name, kind), Asked(against=name), apart=False)
    assert record.error is None, str(record)
    return record.verdict


@pytest.mark.parametrize(("kind", "name"), sample(COPIES, 8))
def test_a_copy_of_the_textbook_stands_by_itself_and_is_torchs(kind: str, name: str, tmp_path: Path) -> None:
    text = copy_of(kind, name)
    assert "engine" not in text
    assert verdict(text, code_of_copy(kind, name, "my.py"), kind, name, tmp_path) in RIGHT


SKELETONS = [(kind, place) for kind in KINDS for place in range(len(skeletons(kind)))]


@pytest.mark.parametrize(("kind", "place"), SKELETONS)
def test_a_skeleton_runs_as_it_is_and_is_what_it_says(kind: str, place: int, tmp_path: Path) -> None:
    form = skeletons(kind)[place]
    assert verdict(form.text, "my.py", kind, form.against, tmp_path) in RIGHT
