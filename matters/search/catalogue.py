"""What the index is built from, and the one query that tells whether that has changed."""

from django.db import models
from django.db.models import Count, Max, Subquery, Sum

from matters.models import MatterVersion, SearchEntry, Synonym
from matters.search.documents import Document, add_sayings, document


def catalogue_version() -> tuple:
    """Changes whenever an edition is published, an entry rewritten or a saying added or retired."""
    state = MatterVersion.objects.published().aggregate(
        count=Count("pk"),
        ids=Sum("pk"),
        moment=Max("published_at"),
        entries=Max(_latest(SearchEntry, Max("updated_at"))),
        sayings=Max(_latest(Synonym, Max("pk"))),
        retired=Max(_latest(Synonym, Max("retired_at"))),
        kept=Max(_latest(Synonym, Count("pk"))),
    )
    return tuple(state.values())


def _latest(model: type[models.Model], value: models.Aggregate) -> Subquery:
    """One aggregate over a whole table, worked out once beside the other table's."""
    rows = model._default_manager.order_by().annotate(_one=models.Value(1)).values("_one")
    return Subquery(rows.annotate(_found=value).values("_found"))


def read_documents() -> list[Document]:
    """Matters in the order of their numbers, then bundles, each with its sayings."""
    documents = {entry.reference: _document(entry) for entry in SearchEntry.objects.in_order()}
    rows = Synonym.objects.in_use().values_list("words", "targets", "weight")
    add_sayings(documents, rows)
    return list(documents.values())


def _document(entry: SearchEntry) -> Document:
    return document(
        ident=entry.reference,
        kind=entry.kind,
        title=entry.title,
        keywords=entry.aliases,
        parts=entry.parts,
        body=entry.body,
    )
