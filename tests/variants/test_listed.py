"""The variants that must be named, and what each is told as."""

import re

import pytest

from engine.diy.activations import ACTIVATIONS
from engine.diy.losses import LOSSES
from engine.diy.optimizers import OPTIMIZERS
from engine.variants import Kind, reference_of, variants_of
from engine.variants.words import SAID

REFERENCES: list[tuple[Kind, str]] = [
    *(("optimizer", name) for name in OPTIMIZERS),
    *(("activation", name) for name in ACTIVATIONS),
    *(("loss", name) for name in LOSSES),
    *(("layer", name) for name in ("linear", "BatchNorm1d", "LayerNorm", "RMSNorm", "Dropout", "Embedding")),
    *(("layer", name) for name in ("Flatten", "Residual")),
]

EVERYWHERE = "any.ascent any.rate_missing any.rate_twice any.state_reset"
OVER_STEPS = "any.stale_gradient any.accumulated_gradient any.state_shared"
L2 = "any.decoupled_for_l2 any.decay_without_rate any.decay_after_step any.decay_doubled"
DECOUPLED = "any.l2_for_decoupled any.decay_without_rate any.decay_after_step any.decay_doubled"
MOMENTS = (
    "adam.no_bias_correction adam.no_correction_of_m adam.correction_without_power adam.t_ahead adam.t_stays "
    "adam.betas_swapped adam.v_of_m adam.m_not_averaged"
)
SQUARES = "adam.eps_inside_root adam.no_correction_of_v adam.no_root adam.v_without_square adam.v_not_averaged"
ADAM = f"{MOMENTS} {SQUARES} adam.eps_before_correction adam.t_from_zero adam.max_after_correction any.eps_missing"
REDUCTIONS = "loss.sum_for_mean loss.gradient_of_other_reduction loss.sign"
SMOOTH = "activation.of_z activation.missing activation.sign"

PATHS = "{0}.no_mean_path {0}.no_var_path {0}.gamma_missing {0}.unbiased {0}.eps_outside_root"
NEWER = ("celu", "selu", "mish", "hardtanh", "relu6", "hardswish", "softsign", "logsigmoid")
NAMED: dict[tuple[Kind, str], str] = {
    **{("optimizer", name): f"{EVERYWHERE} {OVER_STEPS}" for name in ("Rprop", "ASGD", "Adafactor", "Muon")},
    ("optimizer", "LBFGS"): EVERYWHERE,
    ("optimizer", "SGD"): f"{EVERYWHERE} {OVER_STEPS} {L2} sgd.rate_in_momentum sgd.averaged_momentum "
    "sgd.first_step_dampened sgd.nesterov_without_gradient sgd.heavy_ball_for_nesterov sgd.nesterov_for_heavy_ball",
    ("optimizer", "Adam"): f"{EVERYWHERE} {OVER_STEPS} {L2} {DECOUPLED} {ADAM}",
    ("optimizer", "AdamW"): f"{EVERYWHERE} {OVER_STEPS} {DECOUPLED} {ADAM}",
    ("optimizer", "Adamax"): f"{EVERYWHERE} {OVER_STEPS} {L2} {MOMENTS} any.eps_missing adam.t_from_zero "
    "adamax.eps_outside adamax.no_bias_correction",
    ("optimizer", "NAdam"): f"{EVERYWHERE} {OVER_STEPS} {L2} {DECOUPLED} {MOMENTS} {SQUARES} any.eps_missing "
    "adam.eps_before_correction adam.t_from_zero nadam.constant_momentum",
    ("optimizer", "RAdam"): f"{EVERYWHERE} {OVER_STEPS} {L2} {DECOUPLED} {MOMENTS} {SQUARES} any.eps_missing "
    "radam.threshold_4",
    ("optimizer", "Adagrad"): f"{EVERYWHERE} {OVER_STEPS} {L2} any.eps_missing adagrad.eps_inside_root "
    "adagrad.no_root adagrad.not_accumulated",
    ("optimizer", "RMSprop"): f"{EVERYWHERE} {OVER_STEPS} {L2} any.eps_missing rmsprop.eps_inside_root "
    "rmsprop.starts_at_one rmsprop.not_averaged rmsprop.rate_in_momentum",
    ("optimizer", "Adadelta"): f"{EVERYWHERE} {OVER_STEPS} {L2} any.eps_missing adadelta.no_rate "
    "adadelta.update_before_root",
    **{("activation", name): "activation.missing activation.sign" for name in NEWER},
    ("activation", "identity"): "activation.sign",
    ("activation", "sigmoid"): SMOOTH,
    ("activation", "tanh"): f"{SMOOTH} tanh.not_squared",
    ("activation", "relu"): "activation.missing activation.sign relu.one_at_zero",
    ("activation", "leaky_relu"): "activation.missing activation.sign leaky.slope_missing",
    ("activation", "elu"): f"{SMOOTH} elu.alpha_missing",
    ("activation", "gelu"): f"{SMOOTH} gelu.tanh",
    ("activation", "silu"): SMOOTH,
    ("activation", "softplus"): f"{SMOOTH} softplus.no_threshold",
    ("loss", "mse"): f"{REDUCTIONS} loss.per_row loss.half loss.factor_2_missing",
    ("loss", "l1"): f"{REDUCTIONS} loss.per_row",
    ("loss", "smooth_l1"): f"{REDUCTIONS} loss.per_row",
    ("loss", "huber"): f"{REDUCTIONS} loss.per_row",
    ("loss", "bce"): f"{REDUCTIONS} loss.per_row bce.on_probabilities",
    ("loss", "cross_entropy"): f"{REDUCTIONS} cross_entropy.softmax_twice cross_entropy.not_divided_by_rows "
    "cross_entropy.on_probabilities cross_entropy.log_plus_eps",
    **{("activation", name): "softmax.jacobian_diagonal activation.missing" for name in ("softmax", "log_softmax")},
    ("loss", "nll"): f"{REDUCTIONS} nll.on_probabilities",
    ("loss", "binary_cross_entropy"): f"{REDUCTIONS} loss.per_row binary_cross_entropy.log_plus_eps",
    ("loss", "kl_div"): f"{REDUCTIONS} loss.per_row kl_div.on_probabilities",
    ("layer", "BatchNorm1d"): f"{PATHS.format('batch_norm')} batch_norm.biased_running_var batch_norm.batch_at_eval "
    "batch_norm.momentum_reversed",
    ("layer", "LayerNorm"): f"{PATHS.format('layer_norm')} layer_norm.over_rows",
    ("layer", "RMSNorm"): "rms_norm.mean_subtracted rms_norm.no_root_path rms_norm.gamma_missing",
    ("layer", "Dropout"): "dropout.scaled_at_eval dropout.keep_probability dropout.not_scaled dropout.scaled_twice "
    "dropout.mask_not_reused",
    ("layer", "Embedding"): "embedding.repeats_lost",
    ("layer", "Flatten"): "flatten.first_axis_fastest",
    ("layer", "Residual"): "residual.skip_missing residual.inside_missing",
    ("layer", "linear"): "linear.transposed linear.bias_not_summed linear.bias_averaged linear.dx_without_weight "
    "linear.updated_weight linear.activation_missing linear.mean_over_rows",
}

CONVENTIONS = (
    "any.l2_for_decoupled any.decoupled_for_l2 any.decay_without_rate any.decay_after_step any.decay_doubled "
    "sgd.rate_in_momentum sgd.averaged_momentum sgd.first_step_dampened adam.eps_inside_root "
    "adam.eps_before_correction adam.max_after_correction adamax.eps_outside adadelta.no_rate nadam.constant_momentum "
    "radam.threshold_4 adagrad.eps_inside_root rmsprop.eps_inside_root rmsprop.starts_at_one "
    "rmsprop.rate_in_momentum relu.one_at_zero gelu.tanh softplus.no_threshold loss.sum_for_mean loss.per_row "
    "loss.half cross_entropy.on_probabilities cross_entropy.log_plus_eps bce.on_probabilities "
    "linear.mean_over_rows batch_norm.unbiased batch_norm.eps_outside_root batch_norm.biased_running_var "
    "batch_norm.momentum_reversed layer_norm.unbiased layer_norm.eps_outside_root dropout.scaled_at_eval "
    "dropout.keep_probability nll.on_probabilities kl_div.on_probabilities binary_cross_entropy.log_plus_eps"
)


@pytest.mark.parametrize(("kind", "name"), REFERENCES)
def test_every_variant_of_the_table_is_there(kind: Kind, name: str) -> None:
    ids = {listed for variant in variants_of(kind, name) for listed in (variant.id, *variant.same_as)}
    assert set(NAMED[kind, name].split()) <= ids


@pytest.mark.parametrize(("kind", "name"), REFERENCES)
def test_what_others_do_on_purpose_is_no_mistake(kind: Kind, name: str) -> None:
    table = {named for row in NAMED.values() for named in row.split()}
    for variant in variants_of(kind, name):
        listed = {variant.id, *variant.same_as} & table
        if listed & {*CONVENTIONS.split()}:
            assert variant.kind == "convention", variant.id
        elif variant.id in listed:
            assert variant.kind == "mistake", variant.id


@pytest.mark.parametrize(("kind", "name"), REFERENCES)
def test_says_what_it_does_and_what_torch_does_and_how_to_get_there(kind: Kind, name: str) -> None:
    for variant in variants_of(kind, name):
        assert variant.does != variant.torch_does
        for words in (variant.does, variant.torch_does, variant.edit):
            assert words
            assert words == words.strip()
            assert not words.endswith(".")  # they stand in sentences
            assert words.count("`") % 2 == 0


@pytest.mark.parametrize(("kind", "name"), REFERENCES)
def test_its_text_is_the_textbooks_with_the_edits(kind: Kind, name: str) -> None:
    for variant in variants_of(kind, name):
        assert variant.change.edits or variant.change.wraps
        assert (variant.text != variant.reference.source.text) == bool(variant.change.edits)


def test_all_words_belong_to_a_variant() -> None:
    names = {variant.id for kind, name in REFERENCES for variant in variants_of(kind, name)}
    listed = {other for kind, name in REFERENCES for variant in variants_of(kind, name) for other in variant.same_as}
    assert {name.split("/")[0] for name in SAID} == names | (listed & {name.split("/")[0] for name in SAID})
    assert all(re.fullmatch(r"[a-z0-9_]+\.[a-z0-9_]+", name) for name in names)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("optimizer", ("Adam", "adam")),
        ("activation", ("leaky_relu", "LeakyReLU")),
        ("activation", ("gelu", "GELU")),
        ("loss", ("mse", "mse_loss", "MSELoss")),
        ("loss", ("bce", "BCEWithLogitsLoss", "binary_cross_entropy_with_logits")),
        ("loss", ("cross_entropy", "CrossEntropyLoss")),
        ("loss", ("smooth_l1", "smooth_l1_loss", "SmoothL1Loss")),
        ("loss", ("nll", "nll_loss", "NLLLoss")),
        ("loss", ("binary_cross_entropy", "BCELoss")),
        ("loss", ("kl_div", "KLDivLoss")),
        ("activation", ("softmax", "Softmax")),
        ("layer", ("linear", "Linear")),
        ("layer", ("batch_norm", "BatchNorm1d", "batch_norm1d")),
        ("layer", ("layer_norm", "LayerNorm")),
        ("layer", ("rms_norm", "RMSNorm")),
        ("layer", ("dropout", "Dropout")),
        ("layer", ("embedding", "Embedding")),
    ],
)
def test_is_found_by_any_of_torchs_names(kind: Kind, names: tuple[str, ...]) -> None:
    assert len({variants_of(kind, name) for name in names}) == 1
    assert variants_of(kind, names[0])


def test_of_an_unknown_reference_there_are_none() -> None:
    assert variants_of("layer", "Conv2d") == ()
    with pytest.raises(KeyError):
        reference_of("layer", "Conv2d")
