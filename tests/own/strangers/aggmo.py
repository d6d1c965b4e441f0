def aggregated_momentum(w, g, v, lr=0.01):
    v = 0 if v is None else v
    slow, fast = v if isinstance(v, tuple) else (v, v)
    slow, fast = 0.99 * slow + g, 0.5 * fast + g
    return w - lr * (slow + fast) / 2, (slow, fast)
