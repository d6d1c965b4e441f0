"""What leads a person through the window, one station after another, on the real widgets.

``station`` says what a station is and what its conditions go by, ``first_steps`` has those of a first start; ``guide``
knows which one stands, ``watch`` what is to be seen, ``strip`` says it, and ``pointer`` and ``hand`` point at widgets
and use them.
"""
