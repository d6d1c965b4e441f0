"""What a file is called that has no name yet: as the experiment in it, as far as any file system takes that."""

import re
import unicodedata

from PySide6.QtCore import QCoreApplication

LONGEST = 120  # bytes: with folder and suffix well below what any file system has
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # Windows' devices


def file_name(title: str) -> str:
    """Return the title without what file systems refuse, or ``experiment`` where nothing is left of it."""
    printable = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in title)
    name = " ".join(re.sub(r'[<>:"/\\|?*]', " ", printable).split())
    name = name.encode()[:LONGEST].decode(errors="ignore").strip(" .")
    if not name or RESERVED.fullmatch(name):
        return QCoreApplication.translate("Documents", "experiment")
    return name
