"""What stands out does so in both themes, also where the theme changes while it stands; and is plain again after."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.forms.kind_menu import KindMenu
from gui.guide.strip import GuideStrip
from gui.look.banner import Banner
from gui.look.own_sheets import Level, Severity, mute, redden, set_faulty, set_severity
from gui.look.text_size import fit_letters
from gui.look.theme import DARK, LIGHT, Theme
from gui.look.theme_controller import ThemeController
from gui.views.diagnosis.strip import DiagnosisStrip
from gui.views.loss.name_edit import NameEdit
from tests.gui.faults import looks_faulty
from tests.gui.look.test_theme import contrast

Make = Callable[[], QWidget]
Show = Callable[[QWidget], QWidget]


@pytest.fixture
def themes(qapp: QApplication) -> Iterator[ThemeController]:
    themes = ThemeController(qapp, "light")
    yield themes
    themes.set_choice("light")
    themes.deleteLater()


@pytest.fixture
def show(qtbot: QtBot, themes: ThemeController) -> Show:
    """Shows a widget as a part of a window."""
    windows: list[QWidget] = []  # which would be gone if nobody had them

    def shown(widget: QWidget) -> QWidget:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        QVBoxLayout(window).addWidget(widget)
        widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its cursor would blink
        widget.setVisible(True)
        window.resize(400, 120)
        with qtbot.waitExposed(window):
            window.show()
        return widget

    return shown


def spin_box() -> QSpinBox:
    return fit_letters(QSpinBox())


def colors(widget: QWidget) -> list[str]:
    """The colours that the widget is painted in, the one that most of it has first."""
    image = widget.grab().toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return [color for color, _ in Counter(image.pixelColor(x, y).name() for x, y in points).most_common()]


def in_each_theme(themes: ThemeController) -> Iterator[Theme]:
    """Turns the light to dark, and back."""
    for choice, theme in (("light", LIGHT), ("dark", DARK), ("light", LIGHT)):
        themes.set_choice(choice)
        yield theme


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTableWidget, spin_box, QComboBox])
def test_a_fault_is_seen_in_each_theme_and_gone_after(
    themes: ThemeController, show: Show, kind: Callable[[], QWidget]
) -> None:
    field = show(kind())
    for theme in in_each_theme(themes):
        plain = field.grab().toImage()
        assert not looks_faulty(field)
        set_faulty(field, True)
        assert looks_faulty(field)
        assert theme.error_background in colors(field) or kind is QComboBox  # that has a gradient
        set_faulty(field, False)
        assert field.grab().toImage() == plain


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTableWidget, spin_box])
def test_a_fault_follows_the_theme_while_it_stands(
    themes: ThemeController, show: Show, kind: Callable[[], QWidget]
) -> None:
    field = show(kind())
    plain = field.grab().toImage()
    set_faulty(field, True)
    for theme in in_each_theme(themes):
        assert theme.error_background in colors(field)
    set_faulty(field, False)
    assert field.grab().toImage() == plain
    set_faulty(field, True)
    themes.set_choice("dark")
    set_faulty(field, False)
    assert DARK.base in colors(field)
    assert not looks_faulty(field)


@pytest.mark.parametrize("kind", [QLineEdit, spin_box, QComboBox])
def test_a_fault_leaves_the_fields_below_in_their_place(show: Show, kind: Make) -> None:
    field = show(kind())
    before = max(field.sizeHint().height(), field.minimumHeight())
    set_faulty(field, True)
    assert max(field.sizeHint().height(), field.minimumHeight()) == before


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_a_warning_follows_the_theme_and_can_be_taken_back(
    themes: ThemeController, show: Show, severity: Severity
) -> None:
    label = show(QLabel("1 step"))
    assert isinstance(label, QLabel)
    room = label.sizeHint()
    set_severity(label, severity)
    for theme in in_each_theme(themes):
        assert colors(label)[0] == getattr(theme, f"{severity}_background")
        assert getattr(theme, severity) in colors(label)
    assert label.sizeHint().width() > room.width(), "its frame has room around the text"
    set_severity(label, "")
    for theme in in_each_theme(themes):
        assert colors(label)[0] == theme.window
    assert label.sizeHint() == room


@pytest.mark.parametrize(("dress", "color"), [(mute, "muted"), (redden, "error")])
@pytest.mark.parametrize("text_format", [Qt.TextFormat.PlainText, Qt.TextFormat.RichText])
def test_a_label_of_another_color_follows_the_theme(
    themes: ThemeController, show: Show, dress: Callable[[QLabel], None], color: str, text_format: Qt.TextFormat
) -> None:
    label = QLabel("▇▇▇▇")
    label.setTextFormat(text_format)
    dress(label)
    show(label)
    for theme in in_each_theme(themes):
        assert getattr(theme, color) in colors(label)
        assert theme.text not in colors(label)


def banner(level: Level) -> Callable[[QWidget], QFrame]:
    return lambda parent: Banner(level, "It stands", [], parent)


@pytest.mark.parametrize(
    ("make", "frame", "ground"),
    [
        (banner("info"), "accent", "base"),
        (banner("warning"), "warning", "warning_background"),
        (banner("error"), "error", "error_background"),
        (DiagnosisStrip, "accent", "base"),
        (GuideStrip, "warning", "base"),
    ],
)
def test_a_message_is_framed_in_each_theme(
    themes: ThemeController, show: Show, make: Callable[[QWidget], QFrame], frame: str, ground: str
) -> None:
    holder = QWidget()
    message = show(make(holder))
    for theme in in_each_theme(themes):
        image = message.grab().toImage()
        middle = image.height() // 2
        assert image.pixelColor(0, middle).name() == getattr(theme, frame)
        assert image.pixelColor(6, middle).name() == getattr(theme, ground)


@pytest.mark.parametrize("state", [Qt.CheckState.Unchecked, Qt.CheckState.Checked])
def test_a_check_boxs_outline_is_seen(themes: ThemeController, show: Show, state: Qt.CheckState) -> None:
    box = show(QCheckBox())
    assert isinstance(box, QCheckBox)
    box.setCheckState(state)
    for theme in in_each_theme(themes):
        image = box.grab().toImage()
        line = [image.pixelColor(x, image.height() // 2).name() for x in range(8)]
        outline = next(color for color in line if color != theme.window)
        assert contrast(outline, theme.window) >= 3
        assert contrast(outline, theme.base) >= 3


def test_a_spin_box_has_room_for_chinese_letters(show: Show) -> None:
    box = show(spin_box())
    assert isinstance(box, QSpinBox)
    assert box.height() >= 1.35 * box.fontMetrics().height() + 2


@pytest.mark.parametrize("make", [KindMenu, lambda _: NameEdit()])
def test_what_has_a_sheet_for_good_follows_the_theme_too(
    themes: ThemeController, show: Show, make: Callable[[QWidget], QWidget]
) -> None:
    holder = QWidget()
    widget = show(make(holder))
    for theme in in_each_theme(themes):
        assert widget.palette().buttonText().color().name() == theme.text
