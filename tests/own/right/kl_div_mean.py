import numpy as np


def kl_div(log_q, target):
    """Averaged over all numbers."""
    return (target * (np.log(target) - log_q)).mean()


def kl_div_grad(log_q, target):
    return -target / target.size
