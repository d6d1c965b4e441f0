"""The smallest window that the harness can be tried on: its title tells what was typed."""

import sys

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit

application = QApplication(sys.argv)
field = QLineEdit()
field.setWindowTitle("Echo: ")
field.textChanged.connect(lambda text: field.setWindowTitle(f"Echo: {text}"))
field.setStyleSheet("background: #123456")
QShortcut(QKeySequence("Ctrl+Q"), field, application.quit)
field.resize(300, 80)
field.show()
sys.exit(application.exec())
