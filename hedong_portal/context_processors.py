"""What every template may ask for about how the page is shown."""


def display(request) -> dict:
    """`display.elder`, `display.contrast`: the two modes of the reader."""
    return {"display": getattr(request, "display", {"elder": False, "contrast": False})}
