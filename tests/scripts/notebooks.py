"""Write notebooks of a manual backward pass: some thirty named values of a small network, each beside torch's gradient.

Embedding, a linear layer, batch norm, tanh, a second linear layer, softmax with cross-entropy, one operation a line.
"""

import json
from collections.abc import Mapping
from pathlib import Path

CELLS = [
    "%matplotlib inline\nimport torch\nimport torch.nn.functional as F\n",
    "!echo a shell line\ngen = torch.Generator().manual_seed(11)\n"
    "n, letters, context, width, hidden = 12, 9, 3, 4, 16\n"
    "C = torch.randn((letters, width), generator=gen)\n"
    "W1 = torch.randn((context * width, hidden), generator=gen) * 0.4\n"
    "b1 = torch.randn(hidden, generator=gen) * 0.1\n"
    "W2 = torch.randn((hidden, letters), generator=gen) * 0.3\n"
    "b2 = torch.randn(letters, generator=gen) * 0.1\n"
    "gain = torch.randn((1, hidden), generator=gen) * 0.1 + 1.0\n"
    "shift = torch.randn((1, hidden), generator=gen) * 0.1\n"
    "parameters = [C, W1, b1, W2, b2, gain, shift]\n"
    "for p in parameters:\n    p.requires_grad = True\n"
    "X = torch.randint(0, letters, (n, context), generator=gen)\n"
    "Y = torch.randint(0, letters, (n,), generator=gen)\n",
    "# forwards, a step at a time\n"
    "emb = C[X]\n"
    "flat = emb.view(n, -1)\n"
    "pre = flat @ W1 + b1\n"
    "mean = pre.sum(0, keepdim=True) / n\n"
    "centred = pre - mean\n"
    "squared = centred**2\n"
    "variance = squared.sum(0, keepdim=True) / (n - 1)\n"
    "inv_std = (variance + 1e-5) ** -0.5\n"
    "normed = centred * inv_std\n"
    "scaled = gain * normed\n"
    "act = scaled + shift\n"
    "h = torch.tanh(act)\n"
    "product = h @ W2\n"
    "logits = product + b2\n"
    "largest = logits.max(1, keepdim=True).values\n"
    "lowered = logits - largest\n"
    "counts = lowered.exp()\n"
    "total = counts.sum(1, keepdim=True)\n"
    "inv_total = total**-1\n"
    "probs = counts * inv_total\n"
    "logprobs = probs.log()\n"
    "picked = logprobs[range(n), Y]\n"
    "loss = -picked.mean()\n"
    "for p in parameters:\n    p.grad = None\n"
    "loss.backward()\n"
    "loss\n",
    "dpicked = torch.full((n,), -1.0 / n)\n"
    "dlogprobs = torch.zeros_like(logprobs)\n"
    "dlogprobs[range(n), Y] = dpicked\n"
    "dprobs = dlogprobs / probs\n"
    "dinv_total = (dprobs * counts).sum(1, keepdim=True)\n"
    "dcounts = dprobs * inv_total\n"
    "dtotal = -dinv_total * total**-2\n"
    "dcounts += dtotal * torch.ones_like(counts)\n"
    "dlowered = dcounts * counts\n"
    "dlargest = -dlowered.sum(1, keepdim=True)\n"
    "dlogits = dlowered.clone()\n"
    "dlogits += F.one_hot(logits.max(1).indices, letters) * dlargest\n",
    "dproduct = dlogits.clone()\n"
    "db2 = dlogits.sum(0)\n"
    "dh = dproduct @ W2.T\n"
    "dW2 = h.T @ dproduct\n"
    "dact = (1 - h**2) * dh\n"
    "dshift = dact.sum(0, keepdim=True)\n"
    "dscaled = dact.clone()\n"
    "dgain = (dscaled * normed).sum(0, keepdim=True)\n"
    "dnormed = dscaled * gain\n"
    "dinv_std = (dnormed * centred).sum(0, keepdim=True)\n"
    "dvariance = -0.5 * (variance + 1e-5) ** -1.5 * dinv_std\n"
    "dsquared = torch.ones_like(squared) * dvariance / (n - 1)\n"
    "dcentred = dnormed * inv_std\n"
    "dcentred += 2 * centred * dsquared\n"
    "dmean = -dcentred.sum(0)\n"
    "dpre = dcentred.clone()\n"
    "dpre += dmean / n\n"
    "dflat = dpre @ W1.T\n"
    "dW1 = flat.T @ dpre\n"
    "db1 = dpre.sum(0)\n"
    "demb = dflat.view(emb.shape)\n"
    "dC = torch.zeros_like(C)\n"
    "for k in range(n):\n    for j in range(context):\n        dC[X[k, j]] += demb[k, j]\n",
    "# the same in one go\n"
    "dlogits = F.softmax(logits, 1)\n"
    "dlogits[range(n), Y] -= 1\n"
    "dlogits /= n\n"
    "dpre = gain * inv_std / n * (n * dact - dact.sum(0) - n / (n - 1) * normed * (dact * normed).sum(0))\n",
]
MISTAKES = {
    "dact = (1 - h**2) * dh": "dact = (1 - h) * dh",
    "dvariance = -0.5 * (variance + 1e-5) ** -1.5 * dinv_std": "dvariance = 0.5 * (variance + 1e-5) ** -1.5 * dinv_std",
    "dC[X[k, j]] += demb[k, j]": "dC[X[k, j]] = demb[k, j]",
}


def write(file: Path, changes: Mapping[str, str] | None = None, first: str = "") -> Path:
    """Write the notebook, with lines changed and lines put before all; both must be of use."""
    cells = [CELLS[0] + first, *CELLS[1:]]
    for old, new in (changes or {}).items():
        assert sum(old in cell for cell in cells) == 1, old
        cells = [cell.replace(old, new) for cell in cells]
    text = {"cell_type": "markdown", "metadata": {}, "source": ["# Backwards by hand"]}
    code = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell.splitlines(True)}
        for cell in cells
    ]
    notebook = {"cells": [text, *code], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(notebook), encoding="utf-8")
    return file
