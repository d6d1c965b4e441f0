"""The program itself, with somebody at it who does one thing after another at random while the run goes on flat out.

``python tests/kept/monkey_window.py FILE FOLDER SEED [--kinds]``: the experiment, where to save and to tell, what to
draw from. Now and then the monkey rests: it takes back what it has done, and lets the run go on in front of the plot.
``told`` has a line of JSON a second; rests can be compared, whatever was done between them.
"""

import faulthandler
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import main

if __name__ == "__main__":
    faulthandler.enable()
    from gui.window import app as program

    make, kept = program.make_application, []
    experiment, place, drawn = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

    def make_and_watch() -> Any:
        from tests.kept.monkey import Monkey

        application = make()
        kept.append(Monkey(application, experiment, place, drawn))
        return application

    program.make_application = make_and_watch
    sys.exit(main.main([str(experiment)]))
