"""Short links to personal material lists."""

from datetime import timedelta

from matters.services import shortlinks

PURPOSE = "material-list"
LIFETIME = timedelta(days=180)


def material_list_code(path: str) -> str:
    """Code of the short link to a material list; `path` is its canonical path and query.

    Equal answers share one link, so links are as few as there are different lists.
    """
    return shortlinks.share(PURPOSE, path, lifetime=LIFETIME).code
