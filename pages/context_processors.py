"""Site identity for header and footer."""


def site(request) -> dict:
    return {"site": {}}
