"""Every text that a person reads is translated: shown by one real language, which needs no font to be tested."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMessageBox, QWidget

from engine.spec import TEMPLATES, Fault, hyper_fields, optimizer_names
from gui.look.wording import fault_sentence, fault_text, hyper_help
from gui.window.app import install_translations
from resources.make_translations import GUI, release, update
from tests.gui.chinese import ALL, ENGLISH, HAN, all_texts, messages
from tests.gui.windows import Desk, Person

# What these translate by variables stands with the engine, and in the example files.
MARKED = (
    "wording.py",
    "skeletons.py",
    "code_words.py",
    "documents.py",
    "export.py",
    "pair_words.py",
    "diagnosis_words.py",
    "turn_words.py",
    "guide_words.py",
    "glossary.py",
)
RUN_SCRIPT = "run `python -m resources.make_translations`, translate what is new, and run it again"


def placeholders(text: str) -> list[tuple[str, str | None]]:
    """Names and formats, in any order: a language may need another."""
    return sorted((name, spec) for _, name, spec, _ in Formatter().parse(text) if name is not None)


# --- the files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("translation", ALL, ids=lambda path: path.stem)
def test_every_text_is_translated_with_its_placeholders(translation: Path) -> None:
    unfinished = [source for source, found in ALL[translation].items() if not found]
    assert not unfinished, RUN_SCRIPT
    for (_, source), found in ALL[translation].items():
        assert placeholders(found) == placeholders(source), source
        assert source.count("&") == found.count("&"), source


@pytest.mark.parametrize("translation", ALL, ids=lambda path: path.stem)
def test_the_sources_hold_no_text_that_the_translation_lacks(translation: Path, tmp_path: Path) -> None:
    fresh = tmp_path / translation.name
    shutil.copy(translation, fresh)
    update(fresh)
    assert messages(fresh).keys() == ALL[translation].keys(), RUN_SCRIPT


@pytest.mark.parametrize("translation", ALL, ids=lambda path: path.stem)
def test_what_the_window_reads_is_made_of_the_newest_translation(translation: Path, tmp_path: Path) -> None:
    release(translation, tmp_path / "fresh.qm")
    assert translation.with_suffix(".qm").read_bytes() == (tmp_path / "fresh.qm").read_bytes(), RUN_SCRIPT


def is_translation(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and called(node) in ("tr", "translate")


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def test_lupdate_sees_every_text_that_is_to_be_translated() -> None:
    """It reads over what stands within an f-string, it puts a ``tr`` by itself into no context, and it finds only what
    is not filled in first.
    """
    files = sorted(GUI.rglob("*.py"))
    assert len(files) > 100
    assert [f"{file.relative_to(GUI)}, {told}" for file in files for told in unseen(file)] == []


def unseen(file: Path) -> Iterator[str]:
    """Which lines of a file have a translation that it would not see, and why."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr) and any(is_translation(part) for part in ast.walk(node)):
            yield f"line {node.lineno}: a translation within an f-string"
        if not (isinstance(node, ast.Call) and is_translation(node)):
            continue
        is_tr = called(node) == "tr"
        plain = all(isinstance(argument, ast.Constant) for argument in node.args[: 1 if is_tr else 2])
        if not plain and (is_tr or file.name not in MARKED):
            yield f"line {node.lineno}: {called(node)} of something else than plain texts"
        if is_tr and not isinstance(node.func, ast.Attribute):
            yield f"line {node.lineno}: tr of no object"


# --- the window -----------------------------------------------------------------------------------


@pytest.fixture
def window(chinese: None, desk: Desk) -> Person:
    return desk.start()


def test_no_english_is_left_in_the_window(window: Person) -> None:
    window.choose("文件", "示例")
    texts = all_texts(window.window)
    assert not texts & ENGLISH
    assert len([text for text in texts if HAN.search(text)]) > 150
    for phrase in ("学习率", "优化器", "动量", "文件", "运行", "均方误差", "热图", "文章中的实验"):
        assert phrase in texts
    assert any("太小：训练缓慢" in text for text in texts)  # the learning rate's tooltip
    assert {dock.windowTitle() for dock in window.window.findChildren(QDockWidget)} == {
        "实验",
        "热图",
        "一致性",
        "学习",
    }


def test_the_walk_would_find_english(desk: Desk) -> None:
    assert len(all_texts(desk.start().window) & ENGLISH) > 100


def test_faulty_fields_say_why_in_chinese(window: Person) -> None:
    window.type_into("optimizer1_lr", "fast")
    message = window.find(QLabel, "optimizer1_message")
    window.wait(message.isVisible)
    assert message.text() == '• 学习率：必须是数字，而不是 "fast"'
    window.window.actions_.run.trigger()
    assert '未开始运行。请更正：优化器，第 1 项，学习率：必须是数字，而不是 "fast"' in window.banners


def test_questions_and_their_buttons_are_in_chinese(window: Person) -> None:
    window.type_into("title", "A")

    def look(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        assert not all_texts(box) & (ENGLISH | {"Save", "Discard", "Cancel"})
        window.click(box.button(QMessageBox.StandardButton.Cancel))

    with window.answering(look):
        window.choose("文件", "新建")


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("code", TEMPLATES)
def test_every_fault_is_told_in_chinese(code: str) -> None:
    fields = {name: "7" for name, _ in placeholders(TEMPLATES[code])}
    text = fault_text(Fault(("data",), code, fields))
    assert HAN.search(text)
    assert text != TEMPLATES[code].format(**fields)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("Expecting value: line 1 column 5 (char 4)", "实验：不是有效的 JSON：此处应有一个值：第 1 行第 5 列"),
        ('"seed" stands twice in an object', '实验：不是有效的 JSON："seed" 在同一对象中出现两次'),
        ("it is nested too deeply", "实验：不是有效的 JSON：嵌套过深"),
    ],
)
def test_details_of_a_fault_are_told_in_chinese(detail: str, words: str) -> None:
    assert fault_sentence(Fault((), "not_json", {"detail": detail})) == words


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("name", optimizer_names())
def test_every_hyperparameter_is_explained_in_chinese(name: str) -> None:
    for field in hyper_fields(name):
        assert all(HAN.search(line) for line in hyper_help(field).splitlines())


@pytest.mark.parametrize(
    ("locale", "title"), [("zh_CN", "学习率"), ("en_US", None), ("zh_TW", None), ("de_DE", None), ("C", None)]
)
def test_only_who_reads_a_language_gets_it(qapp: QApplication, locale: str, title: str | None) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    install_translations(qapp)
    try:
        assert qapp.translate("hyperparameters", "Learning rate") == (title or "Learning rate")
        loaded = [translator for translator in qapp.findChildren(QTranslator) if not translator.isEmpty()]
        assert len(loaded) == (2 if title else 0)
    finally:
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
            translator.deleteLater()
        QLocale.setDefault(before)
