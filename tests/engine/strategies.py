"""What hypothesis draws for more than one test of the engine."""

from typing import Any

from hypothesis import strategies as st

rates = st.floats(0, 1)
shares = st.floats(0, 0.9375)
decays = st.sampled_from([0.0, 1e-4, 0.1])


@st.composite
def sgd_params(draw: st.DrawFn) -> dict[str, Any]:
    params = {
        "lr": draw(rates),
        "momentum": draw(shares),
        "weight_decay": draw(decays),
        "maximize": draw(st.booleans()),
    }
    if params["momentum"] > 0 and draw(st.booleans()):
        return {**params, "nesterov": True}
    return {**params, "dampening": draw(st.floats(0, 1))}


adam_params = st.fixed_dictionaries(
    {
        "lr": rates,
        "betas": st.tuples(shares, shares),
        "eps": st.sampled_from([1e-8, 1e-3, 1.0]),
        "weight_decay": decays,
        "amsgrad": st.booleans(),
        "maximize": st.booleans(),
    }
)
