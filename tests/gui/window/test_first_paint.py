"""What is loaded before the first picture: no more than that takes, or the window comes later."""

from pathlib import Path

from tests.programs import run_python

KNOWN = Path(__file__).with_name("first_paint.txt")


def test_no_more_is_loaded_before_the_first_picture_than_is_known_to_be() -> None:
    """Whoever needs another there says so in the list; the first lines of ``tests.bench.first_window`` say how."""
    told = run_python("-m", "tests.bench.first_window", "modules", QT_QPA_PLATFORM="offscreen")
    loaded, known = told.stdout.split(), KNOWN.read_text(encoding="utf-8").split()
    assert "gui.window.main_window" in loaded, told.stderr
    assert sorted(set(loaded) - set(known)) == [], "loaded too soon"
    assert sorted(set(known) - set(loaded)) == [], "not loaded so soon any more"
