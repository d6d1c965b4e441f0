def hyperbolic_decay(w, g, state, lr=0.1):
    n = state["n"] = state.get("n", 0) + 1
    return w - lr / n**0.5 * g, state
