"""Scripts with NumPy beside torch: right ones are called right, and of wrong ones the line that departs is named."""

from pathlib import Path

import pytest

from tests.scripts.conftest import RIGHT, Verify, changed, departed

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
    ("cancelling.py", {"- xhat * (dnormed * xhat).sum(0)": ""}, ["dpre"]),
]  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_right_scripts_are_called_right(name: str, verify: Verify) -> None:
    status, record = verify(RIGHT / name)
    assert status == 0, departed(record)
    assert record["verdict"] == "rounding"
    assert len(record["pairs"]) >= 5


@pytest.mark.parametrize(("name", "changes", "names"), WRONG)
def test_wrong_lines_are_named(
    name: str, changes: dict[str, str], names: list[str], tmp_path: Path, verify: Verify
) -> None:
    status, record = verify(changed(name, changes, tmp_path))
    assert status == 1
    assert departed(record)[: len(names)] == names, record["pairs"]
