"""What an argument of own code may be, by kind, as ``--arg theirs=ours`` calls it and as a person does."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def roles_of(kind: str) -> dict[str, str]:
    """Return the words of each role that an argument may have."""
    return {"activation": _of_activation, "loss": _of_loss, "layer": _of_layer}.get(kind, _of_optimizer)()


def _of_optimizer() -> dict[str, str]:
    return {
        "weight": translate("own_roles", "the weight"),
        "grad": translate("own_roles", "its gradient"),
        "lr": translate("own_roles", "the learning rate"),
        "t": translate("own_roles", "the number of the step"),
        "moment": translate("own_roles", "a running mean or sum (m, v, …)"),
        "state": translate("own_roles", "the state"),
        "config": translate("own_roles", "a dict of hyperparameters"),
        "momentum": translate("own_roles", "the momentum"),
        "beta1": "β₁",
        "beta2": "β₂",
        "eps": "ε",
        "weight_decay": translate("own_roles", "the weight decay"),
        "rho": translate("own_roles", "the share that a mean keeps (α, ρ)"),
    }


def _of_activation() -> dict[str, str]:
    return {
        "z": translate("own_roles", "the input z"),
        "a": translate("own_roles", "the output a"),
        "dout": translate("own_roles", "the gradient of the output"),
        "slope": translate("own_roles", "the slope of the negative side"),
    }


def _of_loss() -> dict[str, str]:
    return {
        "a": translate("own_roles", "the network’s output"),
        "y": translate("own_roles", "the target"),
        "eps": "ε",
    }


def _of_layer() -> dict[str, str]:
    return {
        "x": translate("own_roles", "the input x"),
        "w": translate("own_roles", "the weight"),
        "b": translate("own_roles", "the bias"),
        "gamma": "γ",
        "beta": "β",
        "dout": translate("own_roles", "the gradient of the output"),
        "cache": translate("own_roles", "what the forward pass kept"),
        "lr": translate("own_roles", "the learning rate"),
        "eps": "ε",
        "p": translate("own_roles", "the probability with which a number is dropped"),
    }
