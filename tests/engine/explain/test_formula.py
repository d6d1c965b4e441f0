"""Lines of the textbook as formulas."""

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import engine.diy
from engine.explain import line_formula, statement_at
from engine.explain.element import Element
from engine.explain.numbers import line_numbers
from tests.drawing import sample
from tests.engine.explaining import computed

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its import does, on 3.11
    import ziamath

TEXTBOOK = sorted(Path(engine.diy.__path__[0]).rglob("*.py"))

FORMULAS = {
    "dL_dz = dL_da * da_dz": r"\frac{\partial L}{\partial z} = "
    r"\frac{\partial L}{\partial a} \odot \frac{\partial a}{\partial z}",
    "dL_dW = dL_dz.mT @ x": r"\frac{\partial L}{\partial W} = {\left(\frac{\partial L}{\partial z}\right)}^{\top}\,x",
    "z = x @ W.mT": r"z = x\,{W}^{\top}",
    "z = z + b": r"z \leftarrow z + b",
    "m = beta1 * m + (1 - beta1) * g": r"m \leftarrow \beta_{1}\,m + \left(1 - \beta_{1}\right)\,g",
    "v_hat = v_max / (1 - beta2**t)": r"\hat{v} = \frac{v_{\max}}{1 - {\beta_{2}}^{t}}",
    "v = beta2 * v + (1 - beta2) * (g * g)  # a remark": r"v \leftarrow"
    r" \beta_{2}\,v + \left(1 - \beta_{2}\right)\,{g}^{2}",
    "weight = weight - lr * m_hat / (np.sqrt(v_hat) + eps)": r"w \leftarrow w - "
    r"\frac{\gamma\,\hat{m}}{\sqrt{\hat{v}} + \epsilon}",
    "g = g + weight_decay * weight": r"g \leftarrow g + \lambda\,w",
    "x = record.a": "x = a",
    "dL_db = dL_dz.sum(axis=-2).reshape(layer.b.shape)": r"\frac{\partial L}{\partial b} = "
    r"\sum_{r} \frac{\partial L}{\partial z}",
    "pdf = np.exp(-0.5 * z * z)": r"\varphi = e^{{-}0.5\,{z}^{2}}",
    "c = a - (b - d)": r"c = a - \left(b - d\right)",
    "c = -(a + b)": r"c = {-}\left(a + b\right)",
    "c = (a / b) ** 2": r"c = {\left(\frac{a}{b}\right)}^{2}",
    "c = a if t > 1 else b": r"c = \begin{cases}a & \quad\mathrm{if}\ t > 1 \\ b & \quad\mathrm{else}\end{cases}",
    "step_size = lr * ratio": r"\mathrm{step\ size} = \gamma\,\mathrm{ratio}",
}
RETURNS = {
    ("return a * (1 - a)", "d_sigmoid"): r"\frac{\partial a}{\partial z} = a \odot \left(1 - a\right)",
    ("return np.tanh(z)", "tanh"): r"a = \tanh\left(z\right)",
    ("return mean(e * e)", "mse"): r"L = \frac{1}{n}\sum {e}^{2}",
    ("return 2 / count(a) * (a - y)", "d_mse"): r"\frac{\partial L}{\partial a} = \frac{2}{n}\,\left(a - y\right)",
    ("return (sigmoid(z) - y) / count(z)", "d_bce"): r"\frac{\partial L}{\partial z} = "
    r"\frac{\sigma\left(z\right) - y}{n}",
    ("return weight - lr * step, State(b)", "update"): r"w \leftarrow w - \gamma\,\mathrm{step}",
    ("return np.where(z > 0, z, negative_slope * z)", "leaky_relu"): r"a = "
    r"\begin{cases}z & \quad\mathrm{if}\ z > 0 \\ s\,z & \quad\mathrm{else}\end{cases}",
    ("return SELU_SCALE * z", "selu"): r"a = 1.051\,z",
    ("return np.where((z <= 0) | (z >= 6), 0, 1)", "d_relu6"): r"\frac{\partial a}{\partial z} = "
    r"\begin{cases}0 & \quad\mathrm{if}\ z \leq 0\ \mathrm{or}\ z \geq 6 \\ 1 & \quad\mathrm{else}\end{cases}",
    ("return 0.5 * (z * z * z)", "gelu_by_tanh"): r"a = 0.5\,{z}^{3}",
    ("return x + 1", "helper"): "x + 1",
}
NO_FORMULAS = [
    "t, m, v, v_max = state",
    "b = state.b",
    "caches: list[Cache] = []",
    "caches.append(cache)",
    "a, caches = forward(layers, params, x)",
    "grads = backward(layers, params, caches, dL_da)",
    "grads = {**layer_grads, **grads}",
    "return layer.kind.backward(dL_dz, kept, params, layer.name, wants_dL_dx)",
    'W, b = params[f"{name}.weight"], params.get(f"{name}.bias")',
    "return None, grads",
    "weight, state = optimizer.update(grads[name], states[name], weight, hyper)",
    "return weight, State(t, m, v, v_max)",
    "return a, (kept, z, a)",
    "return adam.update(grad, state, weight, adam.Hyper(lr, betas, eps, 0.0, amsgrad, maximize))",
    "return grads",
    "for layer in layers:",
    "if is_on(momentum):",
    "def sigmoid(z: Array) -> Array:",
    '"""A docstring."""',
    "",
    "lr = (",
]
# In the style of the textbook's optimizers, though none of these is one of its lines.
OTHERS = [
    "u = np.maximum(beta2 * u, np.abs(g) + eps)",
    "mu_product = mu_product * mu",
    "rho_inf = 2 / (1 - beta2) - 1",
    "rho_t = rho_inf - 2 * t * beta2**t / (1 - beta2**t)",
    "r = ((rho_t - 4) * (rho_t - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho_t)) ** 0.5",
    "accumulated = rho * accumulated + (1 - rho) * delta**2",
    "delta = np.sqrt(delta_avg + eps) / np.sqrt(square_avg + eps) * g",
    "clr = lr / (1 + (t - 1) * lr_decay)",
    "size = np.clip(size * np.where(g * g_prev > 0, eta_plus, eta_minus), step_min, step_max)",
    "X = a * X + (b * A + c * A @ A) @ X",
    "X = X / (np.linalg.norm(X, axis=(-2, -1)) + eps)",
    "row = beta2 * row + (1 - beta2) * (g * g).mean(axis=-1, keepdims=True)",
    "alpha = max(eps, rms) * min(lr, 1 / t**0.5)",
    "eta = lr / (1 + lambd * lr * t) ** alpha",
    "weight = weight * (1 - lambd * eta) - eta * g",
    "rho = 1 / float(np.vdot(y, s))",
    "x -= lr * g",
]


def typeset(latex: str) -> None:
    ziamath.config.svg2 = False
    formula = ziamath.Latex(latex)
    formula.svg()
    assert formula.getsize()[1] < 150, latex  # some brackets it makes endless


OF_NO_STEP = ("d_softmax", "d_log_softmax")  # a matrix a row, of which the chain rule shows one way after the other


def statements() -> Iterator[tuple[str, str]]:
    """Every assignment and return of the textbook, with the name of its function."""
    for file in TEXTBOOK:
        source = file.read_text(encoding="utf-8")
        for function in ast.walk(ast.parse(source)):
            if isinstance(function, ast.FunctionDef) and function.name not in OF_NO_STEP:
                for node in ast.walk(function):
                    if isinstance(node, ast.Assign | ast.AnnAssign | ast.Return):
                        yield statement_at(source, node.lineno), function.name


MOVING = ("np.concatenate", "np.moveaxis")


def is_arithmetic(statement: str) -> bool:
    """Whether an operator is at work in it, or a function of NumPy's that computes and does not only move."""
    parts = list(ast.walk(ast.parse(statement)))
    calls = [ast.unparse(part.func) for part in parts if isinstance(part, ast.Call)]
    operators = any(isinstance(part, ast.BinOp) for part in parts)
    return operators or any(call.startswith("np.") and call not in MOVING for call in calls)


def test_every_arithmetic_line_of_the_textbook_is_a_formula_that_can_be_typeset() -> None:
    formulas = {pair: line_formula(*pair) for pair in statements()}
    missing = [pair for pair, formula in formulas.items() if is_arithmetic(pair[0]) and not formula]
    assert [statement for statement, _ in missing if "State(" not in statement] == []
    assert len(formulas) > 70
    for formula in sample(sorted({*formulas.values()} - {""}), 8):
        typeset(formula)


@pytest.mark.parametrize("line", FORMULAS)
def test_formula_of_a_line(line: str) -> None:
    assert line_formula(line) == FORMULAS[line]


@pytest.mark.parametrize(("line", "function"), RETURNS)
def test_a_return_is_of_what_its_function_gives(line: str, function: str) -> None:
    assert line_formula(line, function) == RETURNS[line, function]


@pytest.mark.parametrize("line", NO_FORMULAS)
def test_what_computes_nothing_is_no_formula(line: str) -> None:
    assert line_formula(line, "update") == ""


@pytest.mark.parametrize("line", OTHERS)
def test_lines_of_other_optimizers_are_formulas_too(line: str) -> None:
    formula = line_formula(line, "update")
    assert formula
    typeset(formula)


def test_a_statement_is_found_by_any_of_its_lines() -> None:
    source = "def f(a):\n    if a:\n        b = (\n            a\n            + 1\n        )\n\n    return b\n"
    assert {statement_at(source, line) for line in (3, 4, 5, 6)} == {"b = (\n            a\n            + 1\n        )"}
    assert line_formula(statement_at(source, 5)) == "b = a + 1"
    assert statement_at(source, 2) == "if a:"
    assert statement_at(source, 8) == "return b"
    assert statement_at(source, 99) == ""


VALUES = {"a": 3, "b": -2, "c": 5, "d": -7}
expressions = st.recursive(
    st.sampled_from([*VALUES]),
    lambda parts: st.one_of(
        st.tuples(parts, st.sampled_from("+-*/"), parts).map(lambda part: f"({' '.join(part)})"),
        parts.map(lambda part: f"(-{part})"),
        parts.map(lambda part: f"({part}) ** 2"),
    ),
    max_leaves=7,
)


@given(expressions)
def test_brackets_stand_where_the_value_needs_them(expression: str) -> None:
    variables = {name: np.float64(value) for name, value in VALUES.items()}
    with np.errstate(all="ignore"):
        expected = eval(expression, {}, variables)
    assume(np.isfinite(expected))
    latex = line_numbers(f"r = {expression}", variables, {"r": expected}, Element(0, 0))
    shown = latex.removeprefix("r = ").partition(" = ")[0]
    assert computed(shown) == pytest.approx(expected, rel=1e-3)
