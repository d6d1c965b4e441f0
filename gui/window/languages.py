"""The languages that the window speaks, and how it comes to speak one: by translators, which texts are asked of."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from gui.files.settings import SYSTEM
from gui.look.icons import RESOURCES

OWN_NAMES = {"en": "English", "zh_CN": "简体中文"}  # each as those who speak it call it
FOLDER = RESOURCES / "translations"
OURS = "lockstep"  # how the translators of ours and Qt's words are called


def spoken_for(choice: str) -> str:
    """Return the language, one of ``OWN_NAMES``, that a choice comes to.

    ``SYSTEM``, or what is no language, is the first of the user's that there is.
    """
    if choice in OWN_NAMES:
        return choice
    for language in QLocale().uiLanguages():
        suffix = language.replace("-", "_")
        if suffix.split("_")[0] == "en" or (FOLDER / f"lockstep_{suffix}.qm").is_file():
            return suffix
    return "en"


def install_translations(app: QApplication, choice: str = SYSTEM) -> None:
    """Make the application speak the language chosen. English needs no file; numbers are written as ever."""
    for translator in app.findChildren(QTranslator, OURS):
        app.removeTranslator(translator)
        translator.deleteLater()
    language = spoken_for(choice)
    ours, qts = QTranslator(app), QTranslator(app)
    for translator in (qts, ours):
        translator.setObjectName(OURS)
    if ours.load(f"lockstep_{language}", str(FOLDER)):
        qts.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        app.installTranslator(qts)
        app.installTranslator(ours)


def application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
