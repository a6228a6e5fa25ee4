"""Making a model dossier from a guide: pure, and equal for equal guides.

`build.dossier(guide, fields)` is the whole interface. What it writes is an example for learning,
never a fact: names, numbers and telephone numbers are visibly invented.
"""
