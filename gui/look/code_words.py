"""What own code is, in the words of ``verify``, in the person's language as far as they are ours to put."""

from PySide6.QtCore import QCoreApplication

from engine.protocol import CodeVerdict

translate = QCoreApplication.translate


def verdict_text(found: CodeVerdict) -> str:
    """Say in a line what own code is."""
    at = "" if found.line is None else translate("own_code", ", line {line}").format(line=found.line)
    name = found.use.against or ""
    if found.error:
        return translate("own_code", "unusable: {words}").format(words=found.error) + at
    if found.does:
        text = {
            "convention": translate("own_code", "convention: {does}{at}; torch {torch}"),
            "mistake": translate("own_code", "mistake: {does}{at}; torch {torch}"),
        }.get(found.verdict, "{does}{at}; torch {torch}")
        return text.format(does=found.does, torch=found.torch_does, at=at)
    text = {
        "identical": translate("own_code", "identical: every bit is torch’s {name}"),
        "rounding": translate("own_code", "rounding: it is torch’s {name}, but for the rounding of single operations"),
        "unstable": translate("own_code", "unstable: right as {name} in exact arithmetic, but not in these numbers"),
        "different": translate("own_code", "different: not torch’s {name}, and no departure that is known by name"),
    }.get(found.verdict, found.headline)
    return text.format(name=name)


def departure(text: str) -> str:
    """Return one of the sentences of a known departure: what code does, what torch does, or what mends it."""
    return translate("variants", text)
