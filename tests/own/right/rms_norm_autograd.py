import torch


class RMSNormFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, eps):
        inv = torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps)
        ctx.save_for_backward(x, weight, inv)
        return x * inv * weight

    @staticmethod
    def backward(ctx, grad_output):
        x, weight, inv = ctx.saved_tensors
        x_hat = x * inv
        grad_hat = grad_output * weight
        grad_x = inv * (grad_hat - x_hat * (grad_hat * x_hat).mean(-1, keepdim=True))
        return grad_x, (grad_output * x_hat).sum(0), None
