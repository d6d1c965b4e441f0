"""Scripts with NumPy beside torch: right ones are called right, and of wrong ones the line that departs is named."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drawing import EXAMPLES
from tests.scripts.conftest import RIGHT, Verify, changed, departed
from tests.scripts.written import written

SCRIPTS = sorted(path.name for path in RIGHT.glob("*.py"))

WRONG = [
    ("article.py", {"dL_da = 2 * (a": "dL_da = (a"}, ["dL_da"]),
    ("article.py", {"W_new = W - lr *": "W_new = W - 10 * lr *"}, ["W_new"]),
    ("article.py", {"m_hat = m / (1 - beta1**t)": "m_hat = m", "v_hat = v / (1 - beta2**t)": "v_hat = v"}, ["W_adam"]),
    ("article.py", {"x_np @ W.T": "x_np @ W", "delta.T @ x_np": "x_np.T @ delta"}, ["loss_np"]),
    ("loop_torch_first.py", {"dh[hidden <= 0] = 0": "dh[hidden <= -1] = 0"}, ["dW1", "db1"]),
    ("loop_torch_first.py", {"dW2 = h.T @ dout": "dW2 = -h.T @ dout"}, ["dW2"]),
    ("loop_torch_first.py", {"velocity[name] + grad": "velocity[name] + 0.1 * grad"}, ["W1", "b1", "W2", "b2"]),
    ("loop_own_first.py", {"grad_b = delta.sum(axis=0": "grad_b = delta.mean(axis=0"}, ["grad_b"]),
    ("loop_own_first.py", {"delta = (p - one_hot) / len(x_np)": "delta = (p - one_hot)"}, ["grad_w", "grad_b"]),
    ("layers.py", {"(1 - a**2)": "(1 - a)"}, ["dw1", "db1"]),
    ("through_time.py", {"+ dh_next": "+ 0.5 * dh_next"}, ["dWh"]),
    ("carried.py", {"dWh += hs[k].T": "dWh += hs[k + 1].T"}, ["dWh"]),
    ("cancelling.py", {"- xhat * (dnormed * xhat).sum(0)": ""}, ["dpre"]),
]  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_right_scripts_are_called_right(name: str, verify: Verify) -> None:
    status, record = verify(RIGHT / name)
    assert status == 0, departed(record)
    assert record["verdict"] == "rounding"
    assert len(record["pairs"]) >= 4


@pytest.mark.parametrize(("name", "changes", "names"), WRONG)
def test_wrong_lines_are_named(
    name: str, changes: dict[str, str], names: list[str], tmp_path: Path, verify: Verify
) -> None:
    status, record = verify(changed(name, changes, tmp_path))
    assert status == 1
    assert departed(record)[: len(names)] == names, record["pairs"]


@settings(max_examples=max(4, EXAMPLES // 10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_right_networks_of_any_kind_are_called_right(seed: int, tmp_path: Path, verify: Verify) -> None:
    file = tmp_path / "written.py"
    file.write_text(written(seed), encoding="utf-8")
    status, record = verify(file)
    assert status == 0, departed(record)
    assert len(record["pairs"]) >= 4


@settings(max_examples=max(4, EXAMPLES // 10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_a_factor_in_one_line_is_found_there(seed: int, tmp_path: Path, verify: Verify) -> None:
    text = written(seed, mild=True)
    last = next(line for line in text.splitlines() if line.startswith("dW"))
    file = tmp_path / "written.py"
    file.write_text(text.replace(last, last + " * 1.001"), encoding="utf-8")
    status, record = verify(file)
    name = last.split(" ")[0]
    assert (status, departed(record)) == (1, [name])
