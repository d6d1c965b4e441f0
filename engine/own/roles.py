"""What people call things: from the name of an argument, a key or an attribute to its part in the formula.

A name may have several parts (``alpha`` is a rate here and a decay there): the first is the usual one, and the one is
kept that explains what the code does.
"""

import re
from collections.abc import Mapping

Roles = tuple[str, ...]

_OPTIMIZER = {
    "weight": "w weight weights theta thetas param params p ps parameter parameters var vars variable variables value "
    "values xs coef weights_list trainable_variables w_ param_list",
    "grad": "g grad grads dw gradient gradients dtheta dparam dparams d_w grad_w gw gs dp dloss gradients_list "
    "dweights dl_dw dw_ updates grad_list",
    "x_weight": "x",
    "dx_grad": "dx",
    "batch_size": "batch_size batchsize num_samples n_samples",
    "pairs": "grads_and_vars pairs params_and_grads zipped",
    "layer": "layer",
    "model": "model net network",
    "state": "state states opt_state optimizer_state mem memory st",
    "cache_state": "cache caches s",
    "config": "config cfg hyperparams hyper hyperparameters options opts settings conf hp hps h_params optim_config",
    "lr": "lr learning_rate eta rate step_size learningrate stepsize lrate init_lr initial_lr base_lr a "
    "current_learning_rate starting_learning_rate _lr",
    "alpha": "alpha",
    "beta1": "beta1 b1 beta_1 beta_one betaone",
    "beta2": "beta2 b2 beta_2 beta_two betatwo",
    "betas": "betas",
    "beta": "beta",
    "eps": "eps epsilon e tiny fuzz delta_eps",
    "t": "t step iteration iter it i k n timestep step_count time_step num_steps iterations count steps step_num "
    "global_step step_t",
    "moment": "m v mom moment moment1 moment2 first_moment second_moment m1 m2 exp_avg exp_avg_sq mt vt vel velocity "
    "velocities accum accumulator acc u r sq square_avg avg_sq grad_squared sum_sq g_sq h b buf buffer momentum_buffer "
    "delta_acc acc_delta m_prev v_prev vdw sdw v_dw s_dw momentums sum_of_squares history eg2 ed2 v_max vmax vhat mu_m "
    "inf_norm G cache_w ms second first mean var_ mean_square",
    "momentum": "momentum mu mom_coef momentum_coef momentum_coefficient friction",
    "gamma": "gamma",
    "decay": "decay decay_rate",
    "rho": "rho",
    "weight_decay": "weight_decay wd lam lambda lambda_ lmbda l2 reg l2_reg lamda weightdecay decay_weight",
    "nesterov": "nesterov use_nesterov is_nesterov",
    "decoupled_weight_decay": "decoupled_weight_decay decoupled",
    "amsgrad": "amsgrad use_amsgrad ams",
    "dampening": "dampening damp damping",
    "centered": "centered",
    "maximize": "maximize",
    "lr_decay": "lr_decay",
    "initial_accumulator_value": "initial_accumulator_value initial_accumulator",
    "momentum_decay": "momentum_decay psi schedule_decay",
    "lambd": "lambd",
    "t0": "t0",
    "eta_minus": "eta_minus etaminus eta_neg",
    "eta_plus": "eta_plus etaplus eta_pos",
    "etas": "etas",
    "step_min": "step_min min_step delta_min",
    "step_max": "step_max max_step delta_max",
    "key": "key name id index idx layer_id layer_name param_name param_id",
}
PLURAL = frozenset(
    [
        "weights",
        "thetas",
        "params",
        "ps",
        "parameters",
        "vars",
        "variables",
        "values",
        "grads",
        "gradients",
        "dparams",
        "gs",
        "xs",
        "weights_list",
        "trainable_variables",
        "gradients_list",
        "param_list",
        "grad_list",
        "dweights",
    ]
)

_FUNCTION = {
    "z": "z x input inputs inp logits scores pre preact pre_activation u v zs net net_input",
    "a": "a y out output outputs s activated act activation result sig cache A o y_hat",
    "dout": "dout da dL_da dl_da grad grad_output grad_out upstream dvalues delta dA d_out g grads dy dl_dy gradient",
    "deriv": "deriv derivative derive prime is_derivative grad_flag d backward der diff",
    "slope": "alpha slope negative_slope leak leaky_slope leakiness a_",
}
_LOSS = {
    "a": "a y_pred yhat y_hat pred preds prediction predictions output outputs out logits scores x z p probs input "
    "inputs predicted yp y_p dvalues_ zs yh probabilities",
    "y": "y y_true target targets label labels t truth true actual gt expected ground_truth yt y_t ys correct_class",
    "deriv": _FUNCTION["deriv"],
    "eps": "eps epsilon",
    "delta": "delta beta",
    "reduction": "reduction reduce",
}
_LAYER = {
    "x": "x input inputs inp X a_prev A_prev data h_prev activations a",
    "w": "w weight weights W theta kernel",
    "b": "b bias biases",
    "gamma": "gamma g scale weight_",
    "beta": "beta shift bias_",
    "dout": "dout dy dz dvalues grad grad_output grad_out upstream delta d_out dL_dz dl_dz dout_ gradient d dL_dy dZ "
    "output_gradient out_grad grads",
    "cache": "cache ctx context saved tape",
    "inside": "inside inner block sublayer sub_layer branch body f fn layers",
    "mask": "mask masks keep_mask drop_mask dropout_mask",
    "lr": "lr learning_rate eta alpha",
    "param": "bn_param ln_param param params dropout_param config options gn_param rms_param norm_param cfg",
    "mode": "mode train training is_training is_train train_flg train_flag training_mode train_mode",
    "testing": "test testing is_test inference is_inference eval evaluating is_eval deterministic",
    "p": "p dropout prob drop_prob rate p_drop ratio dropout_ratio dropout_rate drop_rate dropout_prob p_dropout "
    "drop_p",
    "keep": "keep_prob keep keep_probability keep_rate keep_ratio retain retain_prob p_keep",
    "eps": "eps epsilon eps_",
    "momentum": "momentum",
    "decay": "decay decay_rate rho ema_decay running_decay",
    "seed": "seed random_seed random_state rng_seed",
    "running_mean": "running_mean moving_mean running_mu mov_mean mean_running avg_mean global_mean mean_mov ema_mean",
    "running_var": "running_var moving_var running_variance mov_var var_running avg_var global_var var_mov ema_var "
    "moving_variance",
    "n_in": "n_in in_features input_size fan_in n_inputs inputs_ input_dim nin in_dim in_size d_in in_channels "
    "num_inputs num_features normalized_shape dim num_embeddings vocab_size size hidden_size features d_model "
    "n_features vocab num_words n_vocab n_words",
    "n_out": "n_out out_features output_size fan_out n_neurons n_outputs units output_dim nout out_dim out_size d_out "
    "neurons num_outputs embedding_dim embed_dim emb_dim",
    "indices": "idx indices index ids tokens words word_ids token_ids",
    "table": "table lookup emb embedding embeddings embedding_matrix weight_matrix emb_matrix",
}


def _table(words: Mapping[str, str]) -> dict[str, str]:
    return {name: role for role, names in words.items() for name in names.split()}


TABLES = {
    "optimizer": _table(_OPTIMIZER),
    "activation": _table(_FUNCTION),
    "loss": _table(_LOSS),
    "layer": _table(_LAYER),
}

# What an ambiguous optimizer's role may stand for, by torch's names; the usual one first.
MEANINGS: dict[str, Roles] = {
    "lr": ("lr",),
    "alpha": ("lr", "alpha", "betas.0", "momentum"),
    "beta1": ("betas.0", "momentum", "alpha"),
    "beta2": ("betas.1", "alpha", "rho"),
    "beta": ("momentum", "alpha", "rho", "betas.0", "betas.1"),
    "momentum": ("momentum", "betas.0"),
    "gamma": ("momentum", "alpha", "rho", "lr", "betas.0"),
    "decay": ("alpha", "rho", "weight_decay", "lr_decay", "momentum"),
    "rho": ("rho", "alpha", "momentum", "betas.1"),
    "eta_minus": ("etas.0",),
    "eta_plus": ("etas.1",),
    "step_min": ("step_sizes.0",),
    "step_max": ("step_sizes.1",),
}
FLAGS = ("nesterov", "amsgrad", "centered", "maximize")
SAME_NAME = [
    "eps",
    "weight_decay",
    "decoupled_weight_decay",
    "nesterov",
    "amsgrad",
    "dampening",
    "centered",
    "maximize",
    "lr_decay",
    "initial_accumulator_value",
    "momentum_decay",
    "lambd",
    "t0",
    "betas",
    "etas",
]
MEANINGS |= {name: (name,) for name in SAME_NAME}
# What a value is where the code gives none: torch's Adam's, SGD's and RMSprop's usual ones.
USUAL: dict[str, object] = {
    "lr": 1e-2, "alpha": 1e-2, "beta1": 0.9, "beta2": 0.999, "betas": (0.9, 0.999), "beta": 0.9, "eps": 1e-8,
    "momentum": 0.9, "gamma": 0.9, "decay": 0.9, "rho": 0.9, "weight_decay": 0.0, "dampening": 0.0, "lr_decay": 0.0,
    "initial_accumulator_value": 0.0, "momentum_decay": 4e-3, "lambd": 1e-4, "t0": 1e6, "eta_minus": 0.5,
    "eta_plus": 1.2, "etas": (0.5, 1.2), "step_min": 1e-6, "step_max": 50.0, "nesterov": False, "amsgrad": False,
    "centered": False, "maximize": False,
    "decoupled_weight_decay": False,
}  # fmt: skip


def plain(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", name).lower().strip("_")


def role_of(name: str, kind: str, told: Mapping[str, str] | None = None) -> str:
    """Return the part that a name usually has in code of this kind; empty where it is unknown."""
    table = TABLES[kind]
    if told and name in told:
        wanted = told[name]
        return wanted if wanted in table.values() else table.get(plain(wanted), wanted)
    known = table.get(name) or table.get(plain(name)) or table.get(plain(name).replace("_", ""))
    return known or (_speaking(plain(name)) if kind == "optimizer" else "")


def _speaking(name: str) -> str:
    """Return the role of a name that says what it is, though unusual: ``grad_wrt_w``, ``init_learning_rate``."""
    if re.search(r"clip|norm|max|min|scale|accum|sq", name):
        return ""
    if re.match(r"(grad|gradient)s?_|.*_(grad|gradient)s?$", name):
        return "grad"
    return "lr" if name.endswith("learning_rate") else ""


def is_hyper(role: str) -> bool:
    return role in MEANINGS
