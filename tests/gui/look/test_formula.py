"""Formulas: what is typeset, broken, copied and said, and what is left as text."""

import ast
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.look.formula import Formula, pieces, rows_of
from gui.look.formula_queue import Queue
from gui.look.theme import DARK
from gui.look.typeset import Key, plain, render, typeset
from tests.drawing import sample

TEXTBOOK = Path(__file__).parents[3] / "engine" / "diy"
CHAIN = r"\frac{\partial L}{\partial w_{0,1}} = \sum_r \frac{\partial L}{\partial a}\cdot\frac{\partial a}{\partial z}"
ADAM = r"""
    m_t &= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t &
    v_t &= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2 \\
    w_t &= w_{t-1} - \gamma\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)
"""


def docstring_formulas() -> Iterator[tuple[str, str]]:
    """All that the textbook's docstrings say in LaTeX, inline and in blocks."""
    for file in sorted(TEXTBOOK.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
                continue
            text = ast.get_docstring(node) or ""
            blocks = re.findall(r"\.\. math::\n((?:\n|[ \t]+.*\n?)+)", text)
            for latex in (*re.findall(r":math:`([^`]+)`", text), *blocks):
                yield file.name, latex.strip()


@pytest.mark.parametrize(("file", "latex"), sample(sorted(set(docstring_formulas())), 5))
def test_every_formula_of_the_textbook_is_typeset(qapp, file, latex):
    for row in rows_of(latex):
        for part in (*row, *pieces("".join(row))):
            assert not part or typeset(part, 14.0, "#000000") is not None, part


def test_the_textbook_has_formulas():
    assert len(set(docstring_formulas())) > 40


@pytest.fixture
def shown(qtbot) -> Iterator[Formula]:
    page = QWidget()
    formula = Formula()
    QVBoxLayout(page).addWidget(formula)
    qtbot.addWidget(page)
    page.resize(700, 300)
    with qtbot.waitExposed(page):
        page.show()
    yield formula  # and the page is kept
    page.close()


def show(qtbot, formula: Formula, latex: str, spoken: str = "") -> None:
    formula.set_formula(latex, spoken)
    qtbot.waitUntil(lambda: formula.is_typeset)


def test_a_formula_is_drawn_once_its_turn_has_come(qtbot, shown):
    shown.set_formula(CHAIN.replace("0,1", "7,9"))
    assert not shown.is_typeset
    before = shown.grab().toImage()
    qtbot.waitUntil(lambda: shown.is_typeset)
    assert shown.grab().toImage() != before
    assert shown.sizeHint().height() > 2 * shown.fontMetrics().height(), "a fraction is high"


class Waiting:
    """Somebody who lacks formulas."""

    def __init__(self, *lacking: str):
        self.lacking = [Key(latex, 10.0, "#123456") for latex in lacking]
        self.told: list[threading.Thread] = []

    def next_formula(self) -> Key | None:
        return self.lacking[0] if self.lacking else None

    def formula_arrived(self) -> None:
        self.lacking.pop(0)
        self.told.append(threading.current_thread())


def test_formulas_are_made_one_after_the_other_beside_the_window(qtbot, qapp):
    log: list[str] = []
    busy = threading.Lock()

    def make(key: Key) -> str:
        assert busy.acquire(blocking=False), "one at a time"
        log.append(key.latex)
        assert threading.current_thread() is not threading.main_thread()
        busy.release()
        return ""

    queue = Queue(make)
    first, second = Waiting("a1", "a2"), Waiting("b")
    queue.add(first)
    queue.add(second)
    queue.add(first)
    qtbot.waitUntil(lambda: not first.lacking and not second.lacking)
    assert log == ["a1", "a2", "b"]
    assert {*first.told, *second.told} == {threading.main_thread()}


def test_who_is_gone_is_waited_for_no_more(qtbot, qapp):
    gate = threading.Event()
    queue = Queue(lambda _: str(gate.wait(2))[:0])
    formula, other = Formula(), Waiting("c")
    queue.add(gone := Waiting("d"))
    queue.add(formula)
    queue.add(other)
    formula.deleteLater()
    gate.set()
    qtbot.waitUntil(lambda: not other.lacking)
    assert not gone.lacking


def test_where_it_is_too_wide_it_is_broken_at_its_operators(qtbot, shown):
    show(qtbot, shown, CHAIN)
    high = shown.heightForWidth(700)
    shown.window().resize(150, 400)
    qtbot.waitUntil(lambda: shown.heightForWidth(shown.width()) > 1.5 * high)
    assert pieces(r"a = b \cdot -1 + f(c + d) - \sqrt{e - f}") == [
        "a",
        "= b",
        r"{}\cdot -1",
        "{}+ f(c + d)",
        r"{}- \sqrt{e - f}",
    ]


def test_aligned_lines_stay_lines():
    assert rows_of(ADAM) == [
        ("m_t", r"= \beta_1 m_{t-1} + (1 - \beta_1)\, g_t"),
        ("v_t", r"= \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2"),
        ("w_t", r"= w_{t-1} - \gamma\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"),
    ]
    assert rows_of(r"\begin{aligned} a &= 1 \\ b &= 2 \end{aligned}") == [("a", "= 1"), ("b", "= 2")]
    assert rows_of(CHAIN) == [("", CHAIN)]


@pytest.mark.parametrize("latex", [r"\frac{1", r"\limits", "}", r"a \left( b", "&", r"\\"])
def test_what_cannot_be_typeset_is_said_in_text(qtbot, shown, latex):
    shown.set_formula(latex, "the sum of both")
    show(qtbot, other := _beside(shown), CHAIN)  # its turn came later
    assert not shown.is_typeset
    assert shown.accessibleName() == "the sum of both"
    assert shown.heightForWidth(300) > 0
    shown.grab()
    other.deleteLater()


def _beside(formula: Formula) -> Formula:
    other = Formula()
    formula.window().layout().addWidget(other)
    return other


def test_a_screen_reader_reads_it(qtbot, shown):
    shown.set_formula(CHAIN)
    assert shown.accessibleName() == "∂L/∂w_0,1 = Σ_r ∂L/∂a · ∂a/∂z"
    assert plain(r"\hat m_t = \frac{m_t}{1 - \beta_1^t}") == "hat m_t = m_t/1 - β_1^t"


def test_its_latex_is_copied(qtbot, shown):
    show(qtbot, shown, CHAIN)
    menu = shown.copying_menu()
    (action,) = menu.actions()
    assert action.text() == "Copy as LaTeX"
    action.trigger()
    assert QGuiApplication.clipboard().text() == CHAIN
    menu.deleteLater()


def test_another_theme_draws_it_anew(qtbot, shown):
    show(qtbot, shown, CHAIN)
    before = shown.grab().toImage()
    shown.set_theme(DARK)
    qtbot.waitUntil(lambda: shown.is_typeset)
    assert shown.grab().toImage() != before


def test_a_hidden_formula_waits(qtbot, shown):
    shown.hide()
    shown.set_formula(CHAIN.replace("0,1", "5,6"))
    show(qtbot, _beside(shown), r"a = b_{5}")
    assert not shown.is_typeset
    shown.show()
    qtbot.waitUntil(lambda: shown.is_typeset)


def test_pictures_have_the_screens_pixels(qapp):
    once, twice = render("x^2", 14.0, "#000000"), render("x^2", 14.0, "#000000", 2.0)
    assert twice.width() == pytest.approx(2 * once.width(), abs=1)
    assert twice.devicePixelRatio() == 2
    assert render(r"\frac{1", 14.0, "#000000") is None
