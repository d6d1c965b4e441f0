"""The stations of a first start: why the article's loss stalls, and what one weight's gradient is made of.

Their numbers are those of the article's experiment: x = [1, 2, 3, 4], y = [3, 2, 4, 5], one sigmoid layer, SGD.
"""

from .station import QT_TRANSLATE_NOOP, Hint, Seen, Station, Tour

WATCHED = 20  # steps that make the curve's bend
FAST = 50  # steps a second at which nobody sees one any more
TEN_A_SECOND = 3  # the place of that speed on the slider
WEIGHT = ("layer1.weight", (0, 1))


def _is_fast(seen: Seen) -> bool:
    return seen.rate is None or seen.rate > FAST


def _is_adam_typed(seen: Seen) -> bool:
    return seen.typed_optimizer == "Adam"


def _has_adam_run(seen: Seen) -> bool:
    return seen.optimizer == "Adam" and not seen.is_stale and seen.step >= WATCHED


RUN_SLOWLY = Station(
    "run_slowly",
    QT_TRANSLATE_NOOP("guide", "Run slowly"),
    (
        Hint(QT_TRANSLATE_NOOP("guide", "The plot shows the loss of each step."), "", lambda seen: seen.is_running),
        Hint(
            QT_TRANSLATE_NOOP("guide", "Set the speed to 10 steps a second, at which you can watch them."),
            "pace",
            _is_fast,
            value=TEN_A_SECOND,
        ),
        Hint(
            QT_TRANSLATE_NOOP("guide", "Press Space: the network trains, slowly enough to watch each step."),
            "runButton",
        ),
    ),
    lambda seen: seen.step >= WATCHED,
    QT_TRANSLATE_NOOP("guide", "The loss fell quickly from 11.6, and now it hardly moves. Why does it stop?"),
)

SEE_IT_STALL = Station(
    "see_it_stall",
    QT_TRANSLATE_NOOP("guide", "See it stall"),
    (
        Hint(
            QT_TRANSLATE_NOOP("guide", "Go back to the plot of the run: Ctrl+1."),
            "loss_plot",
            lambda seen: not seen.shows_run,
        ),
        Hint(
            QT_TRANSLATE_NOOP("guide", "The line below the plot says: the loss cannot fall below 7.5. Click its Why?"),
            "diagnosis_why",
            lambda seen: seen.diagnosis == "out_of_reach",
        ),
        Hint(
            QT_TRANSLATE_NOOP("guide", "In a moment a line below the plot says what holds the loss up."),
            "",
            lambda seen: seen.is_running,
        ),
        Hint(
            QT_TRANSLATE_NOOP("guide", "Let it run on (Space): a line below the plot will say what holds the loss up."),
            "runButton",
        ),
    ),
    lambda seen: seen.diagnosis == "out_of_reach" and seen.is_reason_open,
    QT_TRANSLATE_NOOP(
        "guide",
        "A sigmoid only gives 0 to 1; the targets are 3, 2, 4, 5. At best every output is 1: "
        "(2² + 1² + 3² + 4²) / 4 = 7.5.",
    ),
)

STEP_INTO = Station(
    "step_into",
    QT_TRANSLATE_NOOP("guide", "Step into the next step"),
    (
        Hint(
            QT_TRANSLATE_NOOP("guide", "What does a single step compute? Press F11 to go into the next one."),
            "lookIntoButton",
            lambda seen: not seen.shows_debug,
        ),
        Hint(QT_TRANSLATE_NOOP("guide", "One moment: the step is being recorded."), "", lambda seen: seen.stage < 0),
        Hint(
            QT_TRANSLATE_NOOP("guide", "The boxes are the stages of this step. F6 goes from one to the next."),
            "debugStageButton",
        ),
    ),
    lambda seen: seen.shows_debug and seen.stage > 0,
    QT_TRANSLATE_NOOP(
        "guide",
        "Forwards to the loss, backwards to the gradients, then the update. The source is what ran, with its values.",
    ),
)

CHAIN_RULE = Station(
    "chain_rule",
    QT_TRANSLATE_NOOP("guide", "The chain rule of one weight"),
    (
        Hint(
            QT_TRANSLATE_NOOP("guide", "Open Formula: it takes the gradient of any weight apart."),
            "formula_page",
            lambda seen: seen.element is None,
        ),
        Hint(
            QT_TRANSLATE_NOOP("guide", "Set the indices to [0, 1]: the weight that leads from x2 to unit 0."),
            "formula_i",
            lambda seen: seen.element is not None and seen.element[1][:1] != (0,),
            value=0,
        ),
        Hint(
            QT_TRANSLATE_NOOP("guide", "Set the indices to [0, 1]: the weight that leads from x2 to unit 0."),
            "formula_j",
            value=1,
        ),
    ),
    lambda seen: seen.element == WEIGHT,
    QT_TRANSLATE_NOOP(
        "guide",
        "∂L/∂w[0,1] is a product: how L follows the output a, how a follows z (the sigmoid's slope), and how z follows "
        "w (its input, x2 = 2).",
    ),
    look_at="chain_table",
)

SWITCH_TO_ADAM = Station(
    "switch_to_adam",
    QT_TRANSLATE_NOOP("guide", "Switch to Adam"),
    (
        Hint(
            QT_TRANSLATE_NOOP("guide", "Would another optimizer get lower? Choose Adam in the form at the left."),
            "optimizer1_name",
            lambda seen: not _is_adam_typed(seen),
            value="Adam",
        ),
        Hint(
            QT_TRANSLATE_NOOP("guide", "Begin anew with it, from the same start: Ctrl+R."),
            "resetButton",
            lambda seen: seen.is_stale,
        ),
        Hint(QT_TRANSLATE_NOOP("guide", "Look at its loss: Ctrl+1."), "loss_plot", lambda seen: not seen.shows_run),
        Hint(
            QT_TRANSLATE_NOOP("guide", "Let it run: Space."),
            "runButton",
            lambda seen: not seen.is_running and not _has_adam_run(seen),
        ),
        Hint(QT_TRANSLATE_NOOP("guide", "The plot shows the loss of each step.")),
    ),
    lambda seen: _has_adam_run(seen) and seen.shows_run,
    QT_TRANSLATE_NOOP(
        "guide",
        "Adam reaches 7.5 within 20 steps, and gets no lower either: no optimizer leads out of a sigmoid's range. "
        "Another activation does: identity.",
    ),
)

FIRST_STEPS = Tour(
    "guide",
    (RUN_SLOWLY, SEE_IT_STALL, STEP_INTO, CHAIN_RULE, SWITCH_TO_ADAM),
    QT_TRANSLATE_NOOP("guide", "That is all"),
    QT_TRANSLATE_NOOP(
        "guide",
        "Ctrl+4 is the network's picture, Ctrl+3 races optimizers, File > Examples has more. Help > First steps brings "
        "this line back.",
    ),
)
