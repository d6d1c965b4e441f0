import torch


class RMSprop(torch.optim.Optimizer):
    def __init__(self, params, lr=1e-3, alpha=0.9, eps=1e-8):
        super().__init__(params, {"lr": lr, "alpha": alpha, "eps": eps})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                if not state:
                    state["avg"] = torch.zeros_like(p)
                state["avg"] = group["alpha"] * state["avg"] + (1 - group["alpha"]) * p.grad**2
                p -= group["lr"] * p.grad / (state["avg"].sqrt() + group["eps"])
