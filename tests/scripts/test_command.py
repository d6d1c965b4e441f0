"""``verify`` on scripts: pairs that are told, scripts that fail, end, flood or are stopped, and what is printed."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import engine.headless.cli as cli
from tests.scripts.conftest import RIGHT, Verify, changed, departed
from tests.scripts.notebooks import MISTAKES, write

MAIN = Path(__file__).parents[2] / "main.py"
SHORT = """import numpy as np
import torch
w = torch.tensor([1.5, -2.25, 0.3], requires_grad=True)
(w**3).sum().backward()
slope = 3 * w.detach().numpy() ** 2
"""


def script(folder: Path, text: str) -> Path:
    file = folder / "script.py"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_pair_may_be_told_in_a_comment_or_on_the_command_line(tmp_path: Path, verify: Verify) -> None:
    wrong = SHORT.replace("3 * w.d", "2 * w.d")
    status, record = verify(script(tmp_path, wrong + "# lockstep: slope = w.grad\n"))
    assert (status, departed(record)) == (1, ["slope"])
    assert record["pairs"][0]["found_by"] == "pair"
    assert record["pairs"][0]["said"] == [{"what": "factor", "number": pytest.approx(2 / 3)}]
    assert record["first"] == {
        "step": 1, "stage": "script", "tensor": "slope", "index": [0], "own": 4.5, "reference": 6.75, "line": 5,
    }  # fmt: skip
    assert verify(script(tmp_path, wrong), "--pair", "slope=w.grad")[0] == 1
    assert verify(script(tmp_path, SHORT), "--pair", "slope=w.grad")[0] == 0


def test_what_stands_in_a_dict_or_an_object_is_paired_by_its_path(tmp_path: Path, verify: Verify) -> None:
    text = SHORT.replace("slope =", "grads = {}\ngrads['w'] =") + "# lockstep: grads['w'] = w.grad\n"
    assert verify(script(tmp_path, text))[0] == 0
    assert departed(verify(script(tmp_path, text.replace("3 * w.d", "2 * w.d")))[1]) == ["grads['w']"]


def test_a_pair_may_be_dropped(tmp_path: Path, verify: Verify) -> None:
    text = SHORT.replace("slope", "dw").replace("3 * w.d", "2 * w.d")
    assert verify(script(tmp_path, text))[0] == 1
    status, record = verify(script(tmp_path, text), "--pair", "dw=none")
    assert (status, record["verdict"]) == (2, "unusable")  # nothing else is there


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        (SHORT, ["--pair", "slop=w.grad"], "slop=w.grad"),
        (SHORT, ["--pair", "slope=w.grad()"], "no name of a value"),
        (SHORT + "1 / 0\n", [], "ZeroDivisionError"),
        (SHORT + "raise SystemExit('no data')\n", [], "SystemExit"),
        (SHORT + "while True:\n    print('x' * 1000)\n", [], "prints without end"),
        (SHORT + "dW = (\n", ["--as", "script"], "SyntaxError"),
        ("import os\nos._exit(3)\n", ["--as", "script"], "ended its process"),
        ("a = 1\n", ["--as", "script"], "name a pair"),
    ],
)
def test_what_cannot_be_judged_is_told(
    text: str, options: list[str], words: str, tmp_path: Path, verify: Verify
) -> None:
    status, record = verify(script(tmp_path, text), *options)
    assert (status, record["verdict"], record["kind"]) == (2, "unusable", "script")
    assert words in record["error"]["words"]


def test_what_was_judged_before_an_exception_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SHORT.replace("slope", "dw") + "\ndef fail():\n    return [][1]\n\n\nfail()\n"
    assert cli.main(["verify", str(script(tmp_path, text))]) == 2
    printed = capsys.readouterr().out
    assert "IndexError" in printed
    assert "line 8" in printed
    assert "identical" in printed or "rounding" in printed
    assert "engine" not in printed  # the person's own lines alone


def test_an_ordinary_end_is_no_failure(tmp_path: Path, verify: Verify) -> None:
    assert verify(script(tmp_path, SHORT.replace("slope", "dw") + "raise SystemExit\n"))[0] == 0


def test_the_departing_lines_are_printed_with_their_neighbours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["verify", str(write(tmp_path / "wrong.ipynb", MISTAKES))]) == 1
    printed = capsys.readouterr().out
    assert "different: dact departs from torch's act.grad, cell 5, line 5" in printed
    assert ">    5 | dact = (1 - h) * dh" in printed
    assert "     6 | dshift = dact.sum(0, keepdim=True)" in printed
    assert "dact[0, 0] is " in printed
    assert "its own line gives -1 times torch's" in printed
    assert "follows from dact" in printed
    assert "2 lines for the notebook or a shell" in printed


def test_several_files_are_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed("article.py", {"dL_da = 2 * (a": "dL_da = (a"}, tmp_path)
    (tmp_path / "sgd.py").write_text("def sgd(w, g, lr=0.1):\n    return w - lr * g\n", encoding="utf-8")
    assert cli.main(["verify", str(tmp_path)]) == 1
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[1] for row in rows] == ["different", "rounding"]


def test_code_of_a_known_form_is_taken_as_that_whatever_it_is_tried_with(tmp_path: Path, verify: Verify) -> None:
    text = "import torch\n\n\nclass SGD:\n    def __init__(self, lr=0.1):\n        self.lr = lr\n\n"
    text += "    def step(self, w, g):\n        return w - self.lr * g\n\n\n"
    text += "w = torch.ones(2, requires_grad=True)\n(w * w).sum().backward()\n"
    status, record = verify(script(tmp_path, text))
    assert (status, record["kind"]) == (0, "optimizer")


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl+C goes to all processes of a console")
def test_ctrl_c_stops_a_script_and_what_ran_is_judged(tmp_path: Path) -> None:
    begun, out = tmp_path / "begun", tmp_path / "out.json"
    os.mkfifo(begun)
    text = (RIGHT / "loop_torch_first.py").read_text(encoding="utf-8").replace("range(25)", "range(10**9)")
    text = text.replace(
        "    print(step", f"    if step == 3:\n        open({str(begun)!r}, 'w').close()\n    print(step"
    )
    file = script(tmp_path, text.replace("dW2 = h.T @ dout", "dW2 = -h.T @ dout"))
    command = [sys.executable, MAIN, "verify", file, "--json", out]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        begun.open(encoding="utf-8").close()  # waits until some steps have run
        program.send_signal(signal.SIGINT)
        printed, told = program.communicate(timeout=120)
    assert program.returncode == 130
    assert "Traceback" not in told
    assert "(stopped in line " in printed
    assert departed(json.loads(out.read_text(encoding="utf-8")))[0] == "dW2"


def test_what_holds_nothing_of_a_known_form_is_a_script(tmp_path: Path, verify: Verify) -> None:
    text = "import numpy as np\nimport torch\n\nz = torch.tensor([0.3, -1.2, 2.5])\na = torch.tanh(z)\n"
    text += "e = np.exp(2 * z.numpy())\na_np = (e - 1) / (e + 1)\n"
    status, record = verify(script(tmp_path, text))
    assert (status, record["kind"], record["verdict"]) == (0, "script", "rounding")
    assert [one["own"] for one in record["pairs"]] == ["a_np"]


def test_a_file_without_torch_and_of_no_known_form_is_told_as_that(tmp_path: Path, verify: Verify) -> None:
    status, record = verify(script(tmp_path, "a = 1\n"))
    assert (status, record["kind"]) == (2, None)
    assert "of a known form" in record["error"]["words"]
