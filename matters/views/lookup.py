"""Finding the guide behind an address, once for all pages that hang on `/item/<seq>/`."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from matters.models import Matter, MatterVersion
from matters.workflow import MatterStatus

NEEDED = (
    "number",
    "snapshot",
    "published_at",
    "matter__seq",
    "matter__name",
    "matter__status",
    "matter__attested_in",
    "matter__attested_name",
    "matter__conflict_note",
)
View = Callable[..., HttpResponse]


def with_guide(view: View) -> View:
    """Hand the view the published edition as `version` (snapshot loaded, one query).

    A withdrawn matter answers 410 in words, an unknown or never published one 404.
    """

    @wraps(view)
    def find(request: HttpRequest, seq: int, **rest: str) -> HttpResponse:
        version = edition(seq)
        if version is None:
            return _no_edition(request, seq)
        if version.matter.status == MatterStatus.WITHDRAWN:
            return gone(request, version.matter)
        response = view(request, version, **rest)
        response["Surrogate-Key"] = guides_shown(version.snapshot)
        return response

    return find


def guides_shown(guide: Mapping[str, Any]) -> str:
    """For caches, the guides whose change makes another page: this one and those it names."""
    seqs = [guide["seq"], *guide["related"]]
    return " ".join(f"guide-{seq}" for seq in dict.fromkeys(seqs))


def edition(seq: int) -> MatterVersion | None:
    """The edition in force of the matter `seq`, whatever the matter's status."""
    editions = MatterVersion.objects.published().select_related("matter").only(*NEEDED)
    return editions.filter(matter__seq=seq).first()


def gone(request: HttpRequest, matter: Matter) -> HttpResponse:
    """410: the matter was withdrawn; says so and leads on."""
    return render(request, "matters/guide_gone.html", {"matter": matter}, status=410)


def _no_edition(request: HttpRequest, seq: int) -> HttpResponse:
    matter = Matter.objects.filter(seq=seq, status=MatterStatus.WITHDRAWN).first()
    if matter is None:
        raise Http404("没有这个事项，或者它的指南还没有公布。")
    return gone(request, matter)
