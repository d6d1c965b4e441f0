"""Own code is an entry as any other: explained line by line, in races and branches, sweeps, surfaces and reports."""

import re
from math import fsum
from typing import Any

import numpy as np
import pytest

from engine.explain.formula import line_formula
from engine.own.limits import Limits
from engine.protocol import Explain, Explained, MainPlane, StartSurface, SurfacePart, Traced, TraceStep
from engine.run.lockstep import Lockstep
from engine.server.debugger import Debugger
from engine.settled.settle import agree_to, settle
from engine.spec import check
from engine.surface import surface_job
from tests.own.experiments import RIGHT, WRONG, raw_with, raw_with_activation, text_of
from tests.own.test_activations_in_experiments import GELU

SIGNED = "import numpy as np\n\n\ndef signed(w, g, lr=0.1):\n    s = np.sign(g)\n    return w - lr * s\n"


def settled_run(raw: dict[str, Any]) -> Lockstep:
    """Begin the run of an experiment as the window's engine does: its code agreed to, tried and settled."""
    spec = check(raw)
    agree_to(spec)
    run = Lockstep(settle(spec, Limits()).spec, budget=10**7)
    run.start_watching()
    return run


def own_lines(raw: dict[str, Any], step: int = 3) -> dict[str, Explained]:
    """Explain an element at each own line of a step."""
    run = settled_run(raw)
    run.advance(step + 1)
    debugger = Debugger(run)
    traced: Traced = debugger.trace(TraceStep(1, 0, step))
    found: dict[str, Explained] = {}
    for event, line in enumerate(traced.lines):
        source = traced.sources[traced.functions[traced.calls[line.call].function].source]
        if source.file == "own.py":
            text = source.text.split("\n")[line.line - 1].strip()
            found[text] = debugger.explain(Explain(1, 0, step, event, "layer1.weight", (0, 1), 0))
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (text_of(RIGHT, "moments_adam"), "Adam"),
        (text_of(WRONG, "adam_no_correction_of_m"), "Adam"),
        (text_of(RIGHT, "globals_momentum"), "SGD"),
        (SIGNED, None),
    ],
)
def test_of_own_codes_change_the_gradients_step_is_known_and_all_else_in_one(text: str, name: str | None) -> None:
    *_, found = own_lines(raw_with(text, name)).values()
    assert [part.kind for part in found.parts] == ["gradient", "else", "rounding"]
    assert found.delta.diy is not None
    assert fsum(part.value.diy or 0.0 for part in found.parts) == found.delta.diy
    assert found.before.diy is not None
    assert found.delta.diy == pytest.approx((found.after.diy or 0.0) - found.before.diy)
    assert (found.delta.torch is None) == (name is None)


def test_an_own_line_that_is_one_expression_is_a_formula_with_its_numbers() -> None:
    lines = own_lines(raw_with(SIGNED, None))
    sign = lines["s = np.sign(g)"]
    assert sign.formula == r"s = \mathrm{sign}\left(g\right)"
    assert sign.numbers[0].endswith(("= 1", "= {-}1"))
    assert lines["return w - lr * s"].formula == r"w - \gamma\,s"


def test_what_own_code_keeps_in_a_dictionary_or_an_object_has_its_symbol() -> None:
    lines = own_lines(raw_with(text_of(RIGHT, "config_adam"), "Adam"))
    formulas = {text: found.formula for text, found in lines.items()}
    assert formulas['config["t"] += 1'] == r"t \leftarrow t + 1"
    assert formulas['mt = config["m"] / (1 - config["beta1"] ** config["t"])'].endswith(
        r"\frac{m}{1 - {\beta_{1}}^{t}}"
    )
    assert line_formula("self.m[key] = self.beta1 * self.m[key] + g") == (
        r"m_{\mathrm{key}} \leftarrow \beta_{1}\,m_{\mathrm{key}} + g"
    )
    assert line_formula("self.root = self.v.sqrt() + self.eps") == r"\mathrm{root} = \sqrt{v} + \epsilon"
    assert line_formula("root = np.sqrt()") == ""
    assert line_formula("u = g if i not in u else g + u[i]") == ""
    assert line_formula('states["m"] = m') == ""  # it is put away


def test_the_chain_rule_goes_through_an_own_activation() -> None:
    lines = own_lines(raw_with_activation(GELU, "gelu"))
    found = next(one for text, one in lines.items() if text.startswith("return 0.5"))
    assert found.formula.startswith(r"\frac{\partial a}{\partial z} = ")
    assert found.row_count == len(found.rows) == 4
    products = [row.product.diy for row in found.rows]
    assert all(value is not None for value in products)
    assert fsum(value or 0.0 for value in products) == pytest.approx(found.grad.diy or 0.0, rel=1e-5)


def test_a_surface_is_drawn_below_the_path_of_an_own_optimizer() -> None:
    run = settled_run(raw_with(SIGNED, None))
    run.advance(5)
    *_, last = [part for part in surface_job(run, StartSurface(1, 1, MainPlane(), resolution=9)) if part is not None]
    assert isinstance(last, SurfacePart)
    assert last.state == "finished"
    assert np.isfinite(last.values).all()


@pytest.mark.parametrize(
    ("name", "torch", "line", "numbers"),
    [
        ("config_adam", "Adam", 'vt = config["v"] / (1 - config["beta2"] ** config["t"])', 4),
        ("dict_momentum", "SGD", "self.v[key] = self.momentum * self.v[key] + grads[key]", 4),
        ("class_step_list", "SGD", "p.data = p.data - self.lr * (p.grad + self.mu * self.buffers[i])", 6),
        ("params_states", "Adam", "m[:] = beta1 * m + (1 - beta1) * p.grad", 6),
        ("default_dict_state", "Rprop", 'return w - np.sign(g) * size, {"size": size, "before": g}', 4),
    ],
)
def test_what_own_code_keeps_has_its_numbers(name: str, torch: str, line: str, numbers: int) -> None:
    """The numbers of one element are put in, and what they come to is what the line made."""
    found = own_lines(raw_with(text_of(RIGHT, name), torch))[line]
    told = found.numbers[0]
    assert len(re.findall(r"\d+(?:\.\d+)?", told)) >= numbers, told
    *_, terms, result = told.split(" = ")
    if r"\frac" not in terms:
        python = re.sub(r"\\left|\\right|[{}]", "", terms.replace(r"\cdot", "*").replace(r"\mathrm{sign}", "np.sign"))
        assert eval(python, {"np": np}) == pytest.approx(float(result.replace("{-}", "-")), rel=2e-3)
