"""What is said of the files that an experiment names, weights, logs and own code, where they are others than before."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from gui.forms.files_named import FileNews
from gui.look.banner import Banners, Offer
from gui.session.session import Session

KIND = "numbers"


class FileMessages(QObject):
    """Say it, with what can be done: to read a file anew, to keep what was read, or to find it.

    ``reset`` begins the run anew, with what is typed.
    """

    def __init__(self, session: Session, banners: Banners, reset: Callable[[], object], parent: QObject):
        super().__init__(parent)
        self._session, self._banners, self._reset = session, banners, reset
        self._told: tuple[FileNews, bool] | None = None
        session.changed.connect(self._on_changed)

    def show(self, news: FileNews) -> None:
        """Say that a file holds something else than when it was chosen or read, or is gone."""
        has_run = not news.begins or self._session.newest_step > 0
        self._told = news, has_run
        is_new = news.how == "before" and news.begins
        text = self._of_run(news) if has_run and not is_new else self._before_run(news)
        self._banners.show_message(KIND, "warning", text.replace("{file}", news.name), self._offers(news, has_run))

    def _on_changed(self) -> None:
        """Say it otherwise once there is a run, as when one is taken up of a session, or none any more."""
        if self._told is None or not self._banners.text(KIND):
            self._told = None
        elif self._told[0].begins and self._told[1] != (self._session.newest_step > 0):
            self.show(self._told[0])

    def _before_run(self, news: FileNews) -> str:
        return {
            "before": self.tr("{file} has changed since it was chosen. A run from its start takes what it holds now."),
            "now": self.tr("{file} was changed just now. What was read of it before is what counts until Reset."),
            "gone": self.tr("{file} is gone, or has another name. Nothing can begin with it."),
        }[news.how]

    def _of_run(self, news: FileNews) -> str:
        return {
            "before": self.tr("{file} has changed since it was saved with this. What it held then goes on."),
            "now": self.tr("{file} was changed just now. The run goes on with what was read of it before."),
            "gone": self.tr("{file} is gone, or has another name. The run goes on with what was read of it."),
        }[news.how]

    def _offers(self, news: FileNews, has_run: bool) -> list[Offer]:
        keep = (self.tr("Keep it so"), partial(self._keep, news if not has_run else None))
        if news.how == "gone":
            return [] if news.find is None else [(self.tr("Find…"), partial(self._find, news)), keep]
        if news.how == "before" and not has_run:
            return [keep]
        anew = self.tr("Read it and begin anew") if news.begins else self.tr("Read it")
        return [(anew, partial(self._take, news)), keep]

    def _keep(self, news: FileNews | None, *_: object) -> None:
        """Leave it at that; where what the file holds counts already, it is what was chosen from now on."""
        self._banners.dismiss(KIND)
        if news is not None and news.how == "before":
            news.take()

    def _find(self, news: FileNews, *_: object) -> None:
        self._banners.dismiss(KIND)
        if news.find is not None:
            news.find()

    def _take(self, news: FileNews, *_: object) -> None:
        self._banners.dismiss(KIND)
        news.take()
        if news.begins:
            self._reset()
