"""The references that own code may be held against, by the names that the experiment file and torch have for them."""

from engine.own.unusable import Unusable
from engine.spec import activation_names, loss_names

OPTIMIZERS = (
    "SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "NAdam", "RAdam", "Rprop", "ASGD",
)  # fmt: skip
ACTIVATIONS = {
    "identity": ("identity", "linear"), "sigmoid": ("sigmoid", "logistic", "expit"), "tanh": ("tanh",),
    "leaky_relu": ("leakyrelu", "lrelu"), "relu": ("relu",), "gelu": ("gelu",), "elu": ("elu",),
    "silu": ("silu", "swish"), "softplus": ("softplus",), "softmax": ("softmax",),
    "log_softmax": ("logsoftmax",),
}  # fmt: skip
LOSSES = {
    "mse": ("mse", "mseloss", "meansquarederror", "squarederror", "quadratic", "squaredloss", "squareloss", "l2loss"),
    "smooth_l1": ("smoothl1", "smoothl1loss"), "huber": ("huber", "huberloss"),
    "l1": ("l1", "l1loss", "mae", "meanabsoluteerror", "absoluteerror"),
    "bce": ("bce", "bcewithlogits", "bcewithlogitsloss", "binarycrossentropywithlogits", "logloss"),
    "cross_entropy": ("crossentropy", "crossentropyloss", "softmaxloss", "categoricalcrossentropy",
                      "softmaxcrossentropy"),
    "nll": ("nll", "nllloss", "negativeloglikelihood"),
    "binary_cross_entropy": ("binarycrossentropy", "bceloss"), "kl_div": ("kldiv", "kldivloss", "kldivergence", "kl"),
}  # fmt: skip
LAYERS = {
    "linear": ("linear", "dense", "affine", "fc", "fullyconnected", "linearlayer", "denselayer"),
    "BatchNorm1d": ("batchnorm", "batchnorm1d", "batchnormalization", "bnforward", "bnlayer"),
    "LayerNorm": ("layernorm", "layernormalization", "lnforward"), "RMSNorm": ("rmsnorm", "rmsnormalization"),
    "Dropout": ("dropout", "dropoutlayer"),
    "Embedding": ("embedding", "embeddings", "embed", "embeddinglayer", "lookuptable"),
    "Flatten": ("flatten", "flattenlayer"),
    "Residual": ("residual", "residualblock", "residuallayer", "resblock", "skipconnection"),
}  # fmt: skip
TORCH_NAMES = {
    "mse": "MSELoss", "smooth_l1": "SmoothL1Loss", "huber": "HuberLoss", "l1": "L1Loss", "bce": "BCEWithLogitsLoss",
    "cross_entropy": "CrossEntropyLoss", "nll": "NLLLoss", "binary_cross_entropy": "BCELoss", "kl_div": "KLDivLoss",
}  # fmt: skip
KINDS = ("optimizer", "activation", "loss", "layer")
HINTS = {
    "SGD": ("sgd", "momentum", "gradientdescent", "nesterov", "heavyball", "vanilla"),
    "RMSprop": ("rmsprop", "rms"),
}


def references(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the references of a kind, each with the names that people give it."""
    if kind == "optimizer":
        return {name: (name.lower(),) for name in OPTIMIZERS}
    if kind == "layer":
        return LAYERS
    named, all_names = (ACTIVATIONS, activation_names()) if kind == "activation" else (LOSSES, loss_names())
    return named | {name: (_squeezed(name),) for name in all_names if name not in named}


def known(kind: str, name: str) -> str:
    """Return our name of a reference, as the experiment file or torch calls it. Raises Unusable for an unknown one."""
    wanted = _squeezed(name)
    for ours, names in references(kind).items():
        if wanted == _squeezed(ours) or wanted in names:
            return ours
    accepted = ", ".join(references(kind))
    raise Unusable(f"--against: {name} is none of the {kind}s that it can be held against: {accepted}", code="form")


def kind_of(name: str) -> str | None:
    """Return which kind a reference's name is of, None for an unknown name."""
    for kind in KINDS:
        known = references(kind)
        if any(_squeezed(name) == _squeezed(ours) or _squeezed(name) in names for ours, names in known.items()):
            return kind
    return None


def hinted(kind: str, *names: str) -> list[str]:
    """Return the references whose name stands in one of the names, the longest first."""
    found: list[tuple[int, str]] = []
    for name in map(_squeezed, names):
        for ours, others in references(kind).items():
            lengths = [len(one) for one in (*others, *HINTS.get(ours, ())) if one in name]
            if lengths:
                found.append((-max(lengths), ours))
        if found:
            break
    return [ours for _, ours in sorted(found, key=lambda one: one[0])]


def _squeezed(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
