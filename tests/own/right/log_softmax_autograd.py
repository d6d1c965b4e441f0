import torch


class LogSoftmax(torch.autograd.Function):
    @staticmethod
    def forward(ctx, z):
        out = z - torch.logsumexp(z, dim=1, keepdim=True)
        ctx.save_for_backward(out)
        return out

    @staticmethod
    def backward(ctx, grad_output):
        (out,) = ctx.saved_tensors
        return grad_output - out.exp() * grad_output.sum(dim=1, keepdim=True)
