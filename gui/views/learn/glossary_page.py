"""The glossary: every word that the window uses, explained, and found by typing a part of it."""

from html import escape

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from gui.look.glossary import BY_KEY, TERMS, Term, said
from gui.look.naming import name_field
from gui.look.own_sheets import mute

LINK = "term:"  # before a term's key


class GlossaryPage(QWidget):
    """Show the terms that have what is searched for in their name, or else in their explanation.

    ``found``: how many there are now.
    """

    found = Signal(int)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("glossary_page")
        self._shown: list[Term] = []
        self._search, self._none = QLineEdit(), QLabel(self.tr("No word has that in it."))
        self._search.setClearButtonEnabled(True)
        self._search.setPlaceholderText(self.tr("Search the glossary"))
        name_field(self._search, "glossary_search", self.tr("Search the glossary"), self.tr("A part of a word"))
        self._search.textChanged.connect(self._show)
        self._text = QTextBrowser()
        name_field(self._text, "glossary_text", self.tr("Glossary"))
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(self._follow)
        self._none.setObjectName("glossary_none")
        mute(self._none)
        self._none.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self._search)
        column.addWidget(self._none)
        column.addWidget(self._text, 1)
        self.setFocusProxy(self._search)
        self._show("")

    @property
    def shown(self) -> list[str]:
        """Return the keys of the terms on the page, in order."""
        return [term.key for term in self._shown]

    def show_term(self, key: str) -> None:
        """Show all terms, from this one on."""
        self._search.clear()
        self._text.scrollToAnchor(key)
        QTimer.singleShot(0, self, lambda: self._text.scrollToAnchor(key))  # once it has its width

    def _show(self, wanted: str) -> None:
        named = [term for term in TERMS if wanted.casefold() in said(term.title).casefold()]
        others = [term for term in TERMS if term not in named and wanted.casefold() in _all_of(term).casefold()]
        in_order = sorted(named, key=lambda term: said(term.title).casefold())
        self._shown = [*in_order, *others]
        self._text.setHtml("".join(map(self._written, self._shown)))
        self._none.setVisible(not self._shown)
        self.found.emit(len(self._shown))

    def _written(self, term: Term) -> str:
        title = f"<a name='{term.key}'></a><b>{escape(said(term.title))}</b>"
        text = " ".join(escape(said(part)) for part in (term.brief, term.more) if part)
        if not term.see:
            return f"<p>{title}<br>{text}</p>"
        links = ", ".join(f"<a href='{LINK}{key}'>{escape(said(BY_KEY[key].title))}</a>" for key in term.see)
        see = self.tr("See {terms}").replace("{terms}", links)
        return f"<p>{title}<br>{text}<br><small>{see}</small></p>"

    def _follow(self, link: QUrl) -> None:
        self.show_term(link.toString().removeprefix(LINK))


def _all_of(term: Term) -> str:
    return f"{said(term.brief)} {said(term.more)}"
