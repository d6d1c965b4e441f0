"""Try the judge: wrong textbooks that it must convict (mutants), right ones that it must not (innocents).

``python -m tests.trial`` takes both to thousands of runs; ``test_trial.py`` is a sample for the suite. Nothing here
asks the judge what is wrong: which mutants matter, and in which stage, is told by the textbook alone. Developers and
tests get here, nobody else.
"""
