"""What every template may ask for about how the page is shown."""

from pages.display import NORMAL


def display(request) -> dict:
    """`display.elder`, `display.contrast`, `display.classes`: the two modes of the reader."""
    return {"display": getattr(request, "display", NORMAL)}
