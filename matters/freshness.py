"""Whether anything the catalogue shows to other systems has changed: one query answers it.

Editions are frozen, so their numbers and moments say everything about them; the small tables beside
them (matters, agencies, themes, halls, windows), which a person may edit in place, by
the transactions that wrote their rows last.
"""

import functools
import hashlib

from django.db import connection
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    Func,
    Max,
    Model,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from matters.models import BaseItem, Matter, MatterVersion, Paper, Theme
from organisations.models import Agency, ServiceCentre, Window

#: tables of few rows; every column of a row counts
DICTIONARIES: tuple[type[Model], ...] = (
    Agency,
    BaseItem,
    Matter,
    Paper,
    ServiceCentre,
    Theme,
    Window,
    Window.agencies.through,
)

COLUMNS = ("of_table", "counted", "said")


def catalogue_tag() -> str:
    """24 hexadecimal characters that change whenever an answer about the catalogue may change."""
    with connection.cursor() as cursor:
        cursor.execute(*_question())
        state = sorted(cursor.fetchall())
    return hashlib.blake2b(repr(state).encode(), digest_size=12).hexdigest()


@functools.cache
def _question() -> tuple[str, tuple]:
    """SQL and parameters, written by the ORM once a process: writing takes longer than asking."""
    tables = [_content(model) for model in DICTIONARIES]
    return _editions().union(*tables, all=True).query.sql_with_params()


def _editions() -> QuerySet:
    """(table, number, sum of ids and latest moment) of the editions in force, as one row."""
    whole = _one_row(MatterVersion.objects.published(), "versions")
    said = Concat(
        _text(Sum("pk")), Value(" ", output_field=TextField()), _text(Max("published_at"))
    )
    return whole.annotate(counted=Count("pk"), said=said).values_list(*COLUMNS)


def _content(model: type[Model]) -> QuerySet:
    """(table, number of rows, sum of the transactions that wrote them), as one row.

    A new or changed row carries the number of its transaction, which is higher than any before, so
    no set of committed changes leaves both numbers as they were.
    """
    writer = Func(
        template=f'("{model._meta.db_table}".xmin)::text::bigint', output_field=BigIntegerField()
    )
    found = _one_row(model._default_manager.all(), model._meta.label)
    return found.annotate(counted=Count("pk"), said=_text(Sum(writer))).values_list(*COLUMNS)


def _one_row(rows: QuerySet, table: str) -> QuerySet:
    constant = Value(table, output_field=CharField())
    return rows.order_by().annotate(of_table=constant).values("of_table")


def _text(value) -> Coalesce:
    return Coalesce(
        Cast(value, TextField()), Value("", output_field=TextField()), output_field=TextField()
    )
