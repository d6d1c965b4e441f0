def momentum_sgd(w, g, state, lr=0.01, mu=0.9, nesterov=False):
    b = state.get("b")
    b = g.copy() if b is None else mu * b + g
    state["b"] = b
    return w - lr * (g + mu * b if nesterov else b), state
