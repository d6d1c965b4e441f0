def momentum(w, g, state, lr=0.1, momentum=0.9):
    v = state.get("v", 0)
    v = momentum * v + g  # hole
    state["v"] = v
    return w - lr * v, state
