"""Finds every text that the window shows and brings the translations up to date with them.

    python -m resources.make_translations

Adds new texts, unfinished, to ``resources/translations/*.ts`` and takes out those that are gone; what
is translated stays. Qt Linguist or an editor fills them in; run this again for the ``.qm`` files,
which the window reads.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import PySide6

from engine.protocol import DIAGNOSES, PAIR_WORDS, REPORT_WORDS, TURN_WORDS
from engine.spec import (
    TEMPLATES,
    activation_names,
    function_fields,
    hyper_fields,
    init_fields,
    init_names,
    layer_fields,
    layer_kinds,
    loss_names,
    optimizer_names,
    schedule_fields,
    schedule_names,
)
from engine.variants.words import SAID

RESOURCES = Path(__file__).parent
TRANSLATIONS = RESOURCES / "translations"
GUI = RESOURCES.parent / "gui"


def texts_of_the_engine() -> Iterator[tuple[str, str]]:
    """Context and text of what lupdate cannot see, as the window asks for it by variables."""
    for template in TEMPLATES.values():
        yield "faults", template
    names = {hyper_fields: optimizer_names(), schedule_fields: schedule_names(), layer_fields: layer_kinds()}
    names |= {init_fields: init_names(), function_fields: (*activation_names(), *loss_names())}
    for fields in (fields_of(name) for fields_of, each in names.items() for name in each):
        for field in fields:
            yield "hyperparameters", field.about.title
            yield "hyperparameters", field.about.help
    for key, words in REPORT_WORDS.items():
        yield "parity" if key in PAIR_WORDS else "report", words
    yield from (("sweep", words) for words in TURN_WORDS.values())
    yield from (("variants", words) for said in SAID.values() for words in (said.does, said.torch_does, said.edit))
    for words in DIAGNOSES.values():
        yield from (("diagnosis", text) for text in words)
    for example in sorted(RESOURCES.glob("examples/*.json")):
        yield "examples", json.loads(example.read_text(encoding="utf-8"))["title"]


def update(translation: Path) -> None:
    """Bring a ``.ts`` file up to date with the sources."""
    calls = [
        f"QT_TRANSLATE_NOOP({json.dumps(context)}, {json.dumps(text, ensure_ascii=False)})\n"
        for context, text in dict.fromkeys(texts_of_the_engine())
    ]
    with tempfile.TemporaryDirectory() as folder:
        generated = Path(folder, "engine_texts.py")
        generated.write_text("".join(calls), encoding="utf-8")
        sources = [*sorted(GUI.rglob("*.py")), generated]
        _tool("lupdate", "-silent", "-locations", "none", "-no-obsolete", *sources, "-ts", translation)


def release(translation: Path, compiled: Path) -> None:
    """Compile a ``.ts`` file for the window."""
    _tool("lrelease", "-silent", translation, "-qm", compiled)


def _tool(name: str, *arguments: str | Path) -> None:
    """Qt's own program, as PySide6 brings it, without the Python script in front of it."""
    subprocess.run([Path(PySide6.__file__).with_name(name), *arguments], check=True)


def main() -> None:
    for translation in sorted(TRANSLATIONS.glob("*.ts")):
        update(translation)
        release(translation, translation.with_suffix(".qm"))
        print(translation.name)


if __name__ == "__main__":
    main()
