"""``python -m tests.own.long [right|strangers|variants] [COUNT]``: many rewritten right codes, random strangers, all
variants.

Prints what is called wrong, or by a name; exits with 1 where there is any.
"""

import ast
import random
import sys
import tempfile
from pathlib import Path

from engine.own.session import Wanted
from engine.verify import Asked, verify_file
from engine.verify.words import headline

from .rewritten import rewritten
from .variant_files import KINDS, written

HERE = Path(__file__).parent


def many_right(count: int, folder: Path) -> int:
    """Count the rewritten right codes that are called anything but right."""
    files = sorted((HERE / "right").glob("*.py"))
    bad = 0
    for number in range(count):
        file = files[number % len(files)]
        other = folder / f"{number}_{file.name}"
        other.write_text(rewritten(file.read_text(encoding="utf-8"), number), encoding="utf-8")
        record = verify_file(other, Wanted(), Asked(steps=12), apart=False)
        if not record:
            bad += 1
            print(f"{other.name} (seed {number}): {headline(record)}\n{other.read_text(encoding='utf-8')}", flush=True)
    print(f"{count} right, {bad} of them called wrong")
    return bad


def many_strangers(count: int, folder: Path) -> int:
    """Count the random rules that get a name, or are called right."""
    files = sorted((HERE / "strangers").glob("*.py"))
    bad = 0
    for number in range(count):
        file = files[number % len(files)]
        other = folder / f"{number}_{file.name}"
        other.write_text(_changed(file.read_text(encoding="utf-8"), number), encoding="utf-8")
        record = verify_file(other, Wanted(), Asked(steps=12), apart=False)
        if record.verdict not in ("different", "unusable"):
            bad += 1
            print(f"{other.name} (seed {number}): {headline(record)}\n{other.read_text(encoding='utf-8')}", flush=True)
    print(f"{count} strangers, {bad} of them with a name")
    return bad


def all_variants(_: int, folder: Path) -> int:
    """Count the variants, written as somebody's own code, that are not given their names."""
    bad = count = 0
    for kind, names in KINDS.items():
        for reference in names:
            for variant, file in written(kind, reference, folder):
                name = None if kind == "optimizer" else reference
                record = verify_file(file, Wanted(name), Asked(reference, steps=12), apart=False)
                count += 1
                if record.named is None or record.named.id not in (variant.id, *variant.same_as):
                    bad += 1
                    print(f"{reference} {variant.id}: {headline(record)}", flush=True)
    print(f"{count} variants, {bad} of them without their name")
    return bad


def _changed(text: str, seed: int) -> str:
    """The code with one operation or number changed at random."""
    chance = random.Random(seed)
    tree = ast.parse(text)
    places = [
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("__")
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.BinOp) or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    node = chance.choice(places) if places else None
    if isinstance(node, ast.BinOp):
        node.op = chance.choice([ast.Add(), ast.Sub(), ast.Mult()])
    elif isinstance(node, ast.Constant):
        node.value = round(node.value * chance.uniform(0.3, 0.9), 6)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def main(arguments: list[str]) -> int:
    what = arguments[0] if arguments else "right"
    count = int(arguments[1]) if len(arguments) > 1 else {"right": 500, "strangers": 200}.get(what, 0)
    with tempfile.TemporaryDirectory() as folder:
        tries = {"right": many_right, "strangers": many_strangers, "variants": all_variants}
        bad = tries[what](count, Path(folder))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
