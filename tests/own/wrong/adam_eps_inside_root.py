# adam.eps_inside_root 14
import numpy as np


def adam(params, grads, states, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    states["t"] = states.get("t", 0) + 1
    t = states["t"]
    for key in params:
        m = beta1 * states.get("m" + key, 0) + (1 - beta1) * grads[key]
        v = beta2 * states.get("v" + key, 0) + (1 - beta2) * grads[key] ** 2
        states["m" + key], states["v" + key] = m, v
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        denominator = np.sqrt(v_hat + eps)
        params[key] = params[key] - lr * m_hat / denominator
