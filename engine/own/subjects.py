"""What a file holds that can be judged: its optimizers, activations, losses and layers, in their forms."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from .optimizer_parts import GRADIENTS
from .roles import role_of
from .settings import signature_of
from .source import Source
from .unusable import Unusable

KINDS = ("optimizer", "activation", "loss", "layer")
STEPPING = ("step", "update", "apply_gradients", "update_params", "update_weights", "apply", "update_parameters",
            "optimize", "__call__", "update_param", "apply_grads", "fit_step")  # fmt: skip
FORWARD = ("calculate", "forward", "__call__", "activate", "f", "fn", "loss", "value", "compute", "apply")
BACKWARD = (
    "backward",
    "gradient",
    "grad",
    "derivative",
    "prime",
    "deriv",
    "df",
    "delta",
    "gradients",
    "dfn",
    "loss_grad",
)
ACTIVATIONS = "sigmoid tanh relu leaky_relu leakyrelu lrelu elu gelu silu swish softplus identity linear logistic"
ACTIVATIONS += " softmax"
LOSSES = "mse l1 mae smooth_l1 smoothl1 huber bce binary_cross_entropy binary_crossentropy cross_entropy crossentropy"
LOSSES += (
    " nll mean_squared_error mean_absolute_error softmax_loss squared_error log_loss criterion loss cost quadratic"
)
LAYERS = (
    "linear dense affine fc fully_connected fullyconnected batch_norm batchnorm layer_norm layernorm rms_norm rmsnorm"
)
LAYERS += " dropout embedding embed flatten residual conv pool"
DERIVATIVES = ("d_{}", "d{}", "{}_grad", "{}_prime", "{}_derivative", "{}_backward", "grad_{}", "{}_deriv", "{}_der",
               "{}_gradient", "derivative_{}", "der_{}", "d_{}_dz", "d_{}_dx", "deriv_{}", "{}_back", "{}_d",
               "prime_{}",
               "derivative_of_{}", "gradient_{}", "{}_bwd", "backward_{}")  # fmt: skip


class Subject(NamedTuple):
    """Hold one thing to judge. ``forward`` is the function or class, ``backward`` a function that stands beside it."""

    kind: str
    name: str
    form: str
    forward: Any
    backward: Any = None
    first: int = 1
    last: int = 1


def subjects_of(source: Source, module: ModuleType, kind: str | None, told: Mapping[str, str]) -> list[Subject]:
    """List all that the file holds of a kind (of any, where None is asked for), in its order."""
    own = _own(source, module)
    found: list[Subject] = []
    if kind in (None, "optimizer") and (whole := _textbook(source, module, own)):
        return [whole]
    called = _called_by_others(source)
    taken: set[str] = set()
    for name, thing in own.items():
        if name in taken:
            continue
        subject = _subject(name, thing, own, kind, told, called)
        if subject:
            taken |= {name, _name_of(subject.backward)}
            found.append(_placed(subject))
    backwards = {_name_of(one.backward) for one in found if one.backward is not None}
    classes = [one.forward for one in found if isinstance(one.forward, type)]
    bases = {base.__name__ for thing in classes for base in thing.__mro__[1:]}  # which others are made of
    return [one for one in found if one.name not in backwards | bases]


def of_thing(thing: Any, kind: str | None, told: Mapping[str, str]) -> Subject:
    """Return the subject that a function or class is by itself; a pair is a function and its derivative.

    Raises Unusable for what is of no known form.
    """
    if isinstance(thing, tuple) and len(thing) == 2:
        name = _name_of(thing[0])
        guessed = kind or _pair_kind(name, thing[0], told) or "activation"
        form = "layer pair" if guessed == "layer" else "function pair"
        return _placed(Subject(guessed, name, form, *thing))
    if isinstance(thing, ModuleType) and hasattr(thing, "update") and hasattr(thing, "init"):
        return Subject("optimizer", thing.__name__.rpartition(".")[2], "textbook", thing)
    name = _name_of(thing)
    beside = dict(getattr(thing, "__globals__", {}))
    subject = _subject(name, thing, beside, kind, told, set())
    if subject is None:
        raise Unusable(f"{name} is nothing of a known form: an optimizer, activation, loss or layer", code="form")
    return _placed(subject)


def _own(source: Source, module: ModuleType) -> dict[str, Any]:
    """Return the module's functions and classes that its own lines define."""
    defined = [node.name for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    top = [node for node in source.tree.body if isinstance(node, ast.Assign)]
    defined += [target.id for node in top for target in node.targets if isinstance(target, ast.Name)]
    things = {name: getattr(module, name) for name in dict.fromkeys(defined) if hasattr(module, name)}
    return {name: thing for name, thing in things.items() if _is_code(thing, source, module)}


def _is_code(thing: Any, source: Source, module: ModuleType) -> bool:
    if isinstance(thing, type):
        return thing.__module__ == module.__name__
    if isinstance(thing, FunctionType):
        return inspect.unwrap(thing).__code__.co_filename == source.file
    return False


def _textbook(source: Source, module: ModuleType, own: Mapping[str, Any]) -> Subject | None:
    if (
        "init" in own
        and "update" in own
        and "grad" in signature_of(own["update"])
        and "hyper" in signature_of(own["update"])
    ):
        last = len(source.lines)
        return Subject("optimizer", source.path.stem, "textbook", module, None, 1, last)
    return None


def _subject(
    name: str, thing: Any, own: Mapping[str, Any], kind: str | None, told: Mapping[str, str], called: set[str]
) -> Subject | None:
    if name.startswith("__"):
        return None
    if isinstance(thing, type):
        return _of_class(name, thing, kind, told)
    if not callable(thing):
        return None
    pair = _partner(name, own)
    if pair is not None:
        guessed = kind or _pair_kind(name, thing, told)
        if guessed in ("activation", "loss", "layer"):
            return Subject(guessed, name, "layer pair" if guessed == "layer" else "function pair", thing, own[pair])
    if name in called and not _has(thing, told, "grad"):
        return None
    return _of_function(name, thing, kind, told)


def _of_function(name: str, thing: Any, kind: str | None, told: Mapping[str, str]) -> Subject | None:
    roles = [role_of(one, "optimizer", told) for one in signature_of(thing)]
    is_asked_for = kind == "optimizer" and len(roles) > 1 and bool({"weight", "grad", "lr"} & set(roles))
    if is_asked_for or (kind in (None, "optimizer") and _is_optimizer(name, roles, thing)):
        form = next((form for role, form in _FORMS if role in roles), "plain")
        return Subject("optimizer", name, form, thing)
    words = _words(name)
    activation_roles = [role_of(one, "activation", told) for one in signature_of(thing)]
    if kind == "activation" or (kind is None and ("deriv" in activation_roles) and _hints(words, ACTIVATIONS)):
        return Subject("activation", name, "function pair", thing)
    loss_roles = [role_of(one, "loss", told) for one in signature_of(thing)]
    is_loss = _hints(words, LOSSES) and "y" in loss_roles and (len(loss_roles) == 2 or "a" in loss_roles)
    if kind == "loss" or (kind is None and is_loss):
        return Subject("loss", name, "loss with gradient", thing)
    if kind == "layer":
        return Subject("layer", name, "layer pair", thing)
    return None


_FORMS = (("config", "config dict"), ("state", "state"), ("cache_state", "state"), ("moment", "moments"))


def _is_optimizer(name: str, roles: list[str], thing: Any) -> bool:
    if any(role in roles for role in GRADIENTS) and any(role in roles for role in ("weight", "x_weight", "moment")):
        return not re.search(r"(^|_)(clip_grad|clip_by|numerical|gradient_check|grad_check|check_grad|init)", name)
    if "lr" in roles and {"weight", "grad"} & set(roles):
        return True
    if any(role in roles for role in GRADIENTS) and any(role in roles for role in ("state", "config", "cache_state")):
        return True
    if roles and roles[0] == "weight" and any(role in roles for role in ("state", "config")):
        return True
    return _makes_functions(thing) and "lr" in roles


def _makes_functions(thing: Any) -> bool:
    """Whether it defines functions inside and returns them: a factory as optax has it."""
    code = getattr(thing, "__code__", None)
    if code is None:
        return False
    inner = {const.co_name for const in code.co_consts if inspect.iscode(const)}
    return any("update" in name or "step" in name or "apply" in name for name in inner)


def _of_class(name: str, thing: type, kind: str | None, told: Mapping[str, str]) -> Subject | None:
    bases = {f"{base.__module__}.{base.__name__}" for base in thing.__mro__[1:]}
    if any(base.startswith("torch.optim") and base.endswith(".Optimizer") for base in bases):
        return Subject("optimizer", name, "torch optimizer", thing)
    if "torch.autograd.function.Function" in bases:
        return Subject(kind or _class_kind(name, thing, told), name, "autograd function", thing)
    has_forward = next((one for one in FORWARD if callable(getattr(thing, one, None)) and one in _methods(thing)), None)
    has_backward = next((one for one in BACKWARD if one in _methods(thing)), None)
    if kind in (None, "optimizer") and any(one in _methods(thing) for one in STEPPING) and not has_backward:
        if kind is None and not _steps(thing, told):
            return None
        return Subject("optimizer", name, "class", thing)
    if has_forward and has_backward and kind != "optimizer":
        guessed = kind or _class_kind(name, thing, told)
        return Subject(guessed, name, "layer class" if guessed == "layer" else "class", thing)
    return None


def _steps(thing: type, told: Mapping[str, str]) -> bool:
    """Whether one of the methods is handed weights or gradients, or nothing at all in an object that has its own."""
    for method in (one for one in STEPPING if one in _methods(thing)):
        roles = {role_of(name, "optimizer", told) for name in signature_of(getattr(thing, method))}
        made = {role_of(name, "optimizer", told) for name in signature_of(thing)}
        if roles & {*GRADIENTS, "pairs", "layer", "model"} or (made & {"weight", "model"} and "lr" in made):
            return True
    return False


def _methods(thing: type) -> set[str]:
    return {name for base in thing.__mro__[:-1] for name in vars(base)}


@lru_cache(maxsize=64)
def first_method(kind: type, names: tuple[str, ...]) -> str:
    """Return the first of the names that a class has a method of. Raises StopIteration where it has none."""
    methods = _methods(kind)
    return next(name for name in names if name in methods)


def _class_kind(name: str, thing: type, told: Mapping[str, str]) -> str:
    words = _words(name)
    forward = next((one for one in FORWARD if one in _methods(thing)), "forward")
    arguments = [one for one in signature_of(getattr(thing, forward)) if one != "ctx"]
    roles = [role_of(one, "loss", told) for one in arguments]
    if len(arguments) >= 2 and ("y" in roles or _hints(words, LOSSES)):
        return "loss"
    if _hints(words, LAYERS) and not (_hints(words, "linear") and not signature_of(thing)):
        return "layer"
    if len(arguments) == 1 and _hints(words, ACTIVATIONS):
        return "activation"
    return "layer" if len(arguments) > 1 or signature_of(thing) else "activation"


def _pair_kind(name: str, thing: Any, told: Mapping[str, str]) -> str | None:
    words = _words(name)
    arguments = [one for one, parameter in signature_of(thing).items() if parameter.default is parameter.empty]
    loss_roles = [role_of(one, "loss", told) for one in arguments]
    if _hints(words, LOSSES) and len(arguments) == 2:
        return "loss"
    if _hints(words, LAYERS) or len(arguments) > 2:
        return "layer"
    if _hints(words, ACTIVATIONS):
        return "activation"
    if len(arguments) == 2 and "y" in loss_roles:
        return "loss"
    return "activation" if len(arguments) == 1 else "layer" if name.endswith("forward") else None


def _partner(name: str, own: Mapping[str, Any]) -> str | None:
    """Return the name of the function beside it that is its derivative or its way back."""
    stem = re.sub(r"_?(forward|fwd)$", "", name)
    names = [pattern.format(name) for pattern in DERIVATIVES]
    if stem != name:
        names = [f"{stem}_backward", f"{stem}_bwd", f"{stem}_back", *(pattern.format(stem) for pattern in DERIVATIVES)]
        names += ["backward"] if not stem else []
    elif name == "f":
        names = ["df", *names]
    found = next((one for one in names if one in own and one != name and callable(own[one])), None)
    if found is None and name == "forward":
        return "backward" if "backward" in own else None
    return found


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _hints(words: str, names: str) -> bool:
    squeezed = words.replace("_", "")
    return any(one.replace("_", "") in squeezed for one in names.split())


def _has(thing: Any, told: Mapping[str, str], role: str) -> bool:
    return any(role_of(name, "optimizer", told) == role for name in signature_of(thing))


def _called_by_others(source: Source) -> set[str]:
    """Names that another function of the file calls: helpers, unless they are asked for by name."""
    called: set[str] = set()
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inside = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
            called |= {one.id for one in inside if isinstance(one, ast.Name) and one.id != node.name}
    return called


def _placed(subject: Subject) -> Subject:
    """With its first and last line."""
    lines = [*_lines(subject.forward), *(_lines(subject.backward) if subject.backward is not None else [])]
    return subject._replace(first=min(lines, default=1), last=max(lines, default=1))


def _lines(thing: Any) -> Iterator[int]:
    try:
        text, first = inspect.getsourcelines(inspect.unwrap(thing) if not isinstance(thing, type) else thing)
    except (OSError, TypeError):
        return
    yield first
    yield first + len(text) - 1


def _name_of(thing: Any) -> str:
    return getattr(thing, "__name__", "") if thing is not None else ""


Maker = Callable[..., Any]
