"""Which own code this process was told to run: none that it was not. Experiments come from anywhere."""

from .source import Source

_trusted: set[str] = set()


class NotTrusted(Exception):  # noqa: N818  # no error of anybody's
    """Report code that nobody has agreed to run."""

    def __str__(self) -> str:
        return "this code was not agreed to be run"


def trust(text: str) -> None:
    """Have code of this text run in this process from now on."""
    _trusted.add(text)


def check_trusted(source: Source) -> None:
    """Raise NotTrusted for code that is not to run here."""
    if source.given not in _trusted:
        raise NotTrusted
