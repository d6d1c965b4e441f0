"""The article's reader opens his script and sees, line by line, where NumPy and torch say the same and where not.

By the keyboard alone, with the real program. What he reads is compared with what the script itself comes to.
"""

from pathlib import Path
from typing import Any

from gui.look.numbers import exact
from tests.e2e.desktop import ROOT, Desktop
from tests.e2e.person import Person
from tests.e2e.test_processes import close

RIGHT = (ROOT / "tests" / "scripts" / "right" / "article.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace("dL_da = 2 * (a - y_np)", "dL_da = (a - y_np)")
LINE = 1 + WRONG.splitlines().index("dL_da = (a - y_np) / y_np.size")
DIY, TORCH, DELTA = 1, 2, 3


def run(text: str) -> dict[str, Any]:
    """What the script's names hold at its end."""
    names: dict[str, Any] = {}
    exec(text.replace("loss.backward()", "output.retain_grad()\nloss.backward()"), names)
    return names


def test_the_article_s_reader_finds_the_line(desktop: Desktop, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(WRONG, encoding="utf-8")
    person = Person(desktop, file)
    person.read("Nothing of it has run yet", "scriptSentence")
    person.press("ctrl+Return")
    told = person.read(rf"dL_da departs from torch's output.grad in line {LINE}", "scriptSentence")
    names = run(WRONG)
    own, torch = names["dL_da"].ravel(), names["output"].grad.ravel()
    assert exact(float(own[0])).replace("-", "−") in told
    assert exact(float(torch[0])).replace("-", "−") in told

    person.press("F10", "F10")
    person.turn_to("Variables", "scriptPages", "About the script")
    person.tab_to("variables")
    person.press("ctrl+a")
    rows = {row.split("\t")[0]: row.split("\t") for row in person.copy().splitlines()[1:]}
    assert rows["dL_da"][DIY].split(", ") == [exact(float(one)) for one in own]
    assert float(rows["dL_da"][TORCH].split(", ")[0]) == float(torch[0])
    assert float(rows["a"][DELTA]) < 1e-6 < float(rows["dL_da"][DELTA])
    assert "delta" not in rows

    file.write_text(RIGHT, encoding="utf-8")  # in his own editor
    person.press("ctrl+Return")
    person.read(r"values beside torch's", "scriptSentence")
    person.press("ctrl+w")
    person.read("^Ready$", "runState")
    person.read("", "debugSentence")
    close(person.app)
