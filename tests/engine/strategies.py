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


betas = st.tuples(shares, shares)
epsilons = st.sampled_from([1e-8, 1e-3, 1.0])
adam_params = st.fixed_dictionaries(
    {
        "lr": rates,
        "betas": betas,
        "eps": epsilons,
        "weight_decay": decays,
        "amsgrad": st.booleans(),
        "maximize": st.booleans(),
    }
)


def _params(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"lr": rates, "maximize": st.booleans(), **more})


PARAMS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "SGD": sgd_params(),
    "Adam": _params(
        betas=betas, eps=epsilons, weight_decay=decays, amsgrad=st.booleans(), decoupled_weight_decay=st.booleans()
    ),
    "AdamW": adam_params,
    "Adamax": _params(betas=betas, eps=epsilons, weight_decay=decays),
    "NAdam": _params(
        betas=betas,
        eps=epsilons,
        weight_decay=decays,
        momentum_decay=st.sampled_from([0.0, 4e-3, 0.5]),
        decoupled_weight_decay=st.booleans(),
    ),
    "RAdam": _params(betas=betas, eps=epsilons, weight_decay=decays, decoupled_weight_decay=st.booleans()),
    "Adagrad": _params(
        lr_decay=st.floats(0, 10),
        weight_decay=decays,
        initial_accumulator_value=st.floats(0, 10),
        eps=st.sampled_from([1e-10, 1e-3, 1.0]),
    ),
    "Adadelta": _params(rho=st.floats(0, 1), eps=st.sampled_from([1e-6, 1e-3, 1.0]), weight_decay=decays),
    "RMSprop": _params(
        alpha=st.floats(0.5, 0.9375),
        eps=epsilons,
        weight_decay=decays,
        momentum=st.one_of(st.just(0.0), shares),
        centered=st.booleans(),
    ),
    "Rprop": _params(
        etas=st.tuples(st.floats(0.0625, 0.9375), st.floats(1.0625, 4)),
        step_sizes=st.tuples(st.floats(0, 0.01), st.floats(0.01, 50)),
    ),
    "ASGD": _params(
        lambd=st.sampled_from([0.0, 1e-4, 0.1]), alpha=st.floats(0, 2), t0=st.floats(0, 30), weight_decay=decays
    ),
}
