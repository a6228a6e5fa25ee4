"""Loading of agencies, streets, centres and windows; posts of staff."""

from organisations.services.loading import (
    load_agencies,
    load_centres,
    load_organisations,
    load_streets,
    load_windows,
)
from organisations.services.posts import appoint, end_post

__all__ = [
    "appoint",
    "end_post",
    "load_agencies",
    "load_centres",
    "load_organisations",
    "load_streets",
    "load_windows",
]
