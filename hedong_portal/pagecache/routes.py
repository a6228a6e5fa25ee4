"""The pages that may be kept, and the parameters each of them reads from its address.

A page not named here is never kept. An address with a parameter the page does not know is answered
by Django each time, so that made-up addresses cannot fill the memory. The search is missing on
purpose: every query is counted for the editors of the synonyms. Pages with a form of their own
(找错, 评价, 登录) carry a token and are missing for that reason.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.urls import Resolver404, resolve
from django_filters import FilterSet

from matters import filters
from matters.api import narrowing, paging

LONGEST_QUERY = 400
FILTERS = frozenset(group.name for group in filters.FIXED) | {
    "theme",
    "dept",
    "list",
    "sort",
    "page",
}


@dataclass(frozen=True)
class Route:
    """One page that may be kept. `starts`: beginnings of further names of parameters."""

    knows: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()

    def admits(self, query: str) -> bool:
        """Whether an address with this query string is worth keeping."""
        if len(query) > LONGEST_QUERY:
            return False
        names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
        return all(name in self.knows or name.startswith(self.starts) for name in names)


PLAIN = Route()
LIST = Route(knows=FILTERS)
ANSWERS = Route(knows=frozenset({"item", "at", "ask"}), starts=("q_",))


def api_list(filter_set: type[FilterSet]) -> Route:
    """A list of the interface with its filters and pages."""
    return Route(knows=paging.PARAMETERS | set(filter_set.base_filters))


ROUTES = {
    "pages:home": PLAIN,
    "pages:notices": Route(knows=frozenset({"page"})),
    "pages:notice": PLAIN,
    "pages:help": PLAIN,
    "pages:help_page": PLAIN,
    "pages:about": PLAIN,
    "pages:accessibility": PLAIN,
    "pages:privacy": PLAIN,
    "pages:site_map": PLAIN,
    "pages:sitemap_xml": PLAIN,
    "pages:robots": PLAIN,
    "pages:api_docs": PLAIN,
    # the interface; not the search, nor the changes, which depend on the time of day
    "api:index": PLAIN,
    "api:description": PLAIN,
    "api:codes": PLAIN,
    "api:themes": PLAIN,
    "api:theme": PLAIN,
    "api:agencies": PLAIN,
    "api:agency": PLAIN,
    "api:centres": PLAIN,
    "api:centre": PLAIN,
    "api:matter": PLAIN,
    "api:editions": PLAIN,
    "api:edition": PLAIN,
    "api:matters": api_list(narrowing.MatterFilter),
    "api:items": api_list(narrowing.ItemFilter),
    "api:materials": api_list(narrowing.MaterialFilter),
    "matters:guide": Route(knows=frozenset({"item"})),
    "matters:check": ANSWERS,
    "matters:materials": ANSWERS,
    "matters:history": PLAIN,
    "matters:sample": ANSWERS,
    "matters:sample_page": ANSWERS,
    "matters:sample_pdf": ANSWERS,
    "matters:person": LIST,
    "matters:organisation": LIST,
    "matters:theme": LIST,
    "matters:stage": LIST,
    "matters:agencies": PLAIN,
    "matters:agency": LIST,
    "matters:catalogue": LIST,
    "matters:catalogue_csv": LIST,
    "matters:catalogue_xlsx": LIST,
    "matters:public_lists": PLAIN,
    "matters:public_list": Route(knows=frozenset({"dept", "page"})),
    "matters:places": Route(knows=frozenset({"street"})),
    "matters:place": PLAIN,
    "matters:place_matters": LIST,
}


def may_be_kept(path: str, query: str) -> bool:
    """Whether the answer at this address may be kept."""
    try:
        route = ROUTES.get(resolve(path).view_name)
    except Resolver404:
        return False
    return route is not None and route.admits(query)
