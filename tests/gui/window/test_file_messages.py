"""Files that are others than before, in the window: what is said, and what can be done about it."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from gui.forms.files_named import FileNews
from tests.gui.windows import Person


def said(person: Person) -> str:
    return person.window.banners.text("numbers")


def offers(person: Person) -> dict[str, QPushButton]:
    banner = person.window.banners._standing["numbers"]
    return {button.text(): button for button in banner.findChildren(QPushButton) if button.text()}


def test_it_is_told_by_what_the_run_goes_on_with_and_read_anew(tiny: Person, tmp_path: Path) -> None:
    taken: list[str] = []
    news = FileNews("mine.npz", "now", lambda: taken.append("now"), None)
    tiny.window.form.file_news.emit(news)
    assert "until Reset" in said(tiny)
    tiny.run_steps(3)
    tiny.wait(lambda: "The run goes on with what was read of it before." in said(tiny))
    begun: list[object] = []
    tiny.window.session.begun.connect(begun.append)
    tiny.click(offers(tiny)["Read it and begin anew"])
    tiny.wait(lambda: len(begun) == 1)
    assert (taken, said(tiny)) == (["now"], "")
    tiny.window.form.file_news.emit(news._replace(how="gone", find=lambda: taken.append("found")))
    tiny.click(offers(tiny)["Find…"])
    assert taken == ["now", "found"]


def test_what_holds_already_is_kept_and_code_is_read_without_a_reset(tiny: Person) -> None:
    taken: list[str] = []
    tiny.window.form.file_news.emit(FileNews("w.npz", "before", lambda: taken.append("kept"), None))
    assert "A run from its start takes what it holds now." in said(tiny)
    tiny.click(offers(tiny)["Keep it so"])
    assert (taken, said(tiny)) == (["kept"], "")
    tiny.window.form.file_news.emit(FileNews("a.py", "before", lambda: taken.append("read"), None, begins=False))
    assert "What it held then goes on." in said(tiny)
    tiny.click(offers(tiny)["Read it"])
    assert taken == ["kept", "read"]
