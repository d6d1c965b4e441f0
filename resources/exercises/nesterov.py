def nesterov(w, g, state, lr=0.1, momentum=0.9):
    v = momentum * state.get("v", 0) + g
    state["v"] = v
    w = w - lr * (g + momentum * v)  # hole
    return w, state
