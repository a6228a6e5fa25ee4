"""Which table means which pages. Every table of the content apps renews pages when it changes,
unless it is named here; so a forgotten entry costs speed and never shows an old page.

`tests/hedong_portal/test_pagecache_coverage.py` asks for a decision about each new model.
"""

from django.apps import apps
from django.db.models import Model

#: apps whose rows stand on public pages
CONTENT_APPS = ("pages", "matters", "organisations")
#: apps no public page reads from
OTHER_APPS = ("accounts", "audit", "common")
#: tables whose rows belong to one guide: a change concerns that guide and the lists
GUIDES = frozenset({"matters.Matter", "matters.MatterVersion", "matters.SampleDossier"})
#: shown by no kept page: written by readers, by the search, or for the staff only
UNSEEN = frozenset(
    {
        "matters.CatalogueFinding",
        "matters.ElementChange",
        "matters.GuideFeedback",
        "matters.GuideText",  # the same bytes, made beforehand
        "matters.ImportJob",
        "matters.MatterMove",
        "matters.SampleFile",  # written when a reader asks for the PDF
        "matters.SampleNote",  # readers see the snapshot of the dossier
        "matters.SamplePage",
        "matters.SearchEntry",  # the search is not kept; lists change with their guides
        "matters.SearchQuery",
        "matters.ShortLink",
        "matters.Synonym",  # see SearchEntry
        "matters.TakeOver",
        "matters.VersionComment",
        "matters.VersionMove",
        "organisations.Membership",
        "pages.ErrorReport",
    }
)
FROZEN = "freeze_published"


def is_frozen_part(model: type[Model]) -> bool:
    """Rows of a version that the database lets nobody change once readers see it."""
    triggers = getattr(model._meta, "triggers", ())
    return any(trigger.name == FROZEN for trigger in triggers)


def content_models() -> list[type[Model]]:
    """Every model of the content apps that has a table, many-to-many tables included."""
    return [
        model
        for app in CONTENT_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def guide_models() -> list[type[Model]]:
    return [model for model in content_models() if model._meta.label in GUIDES]


def general_models() -> list[type[Model]]:
    """Tables whose rows any page may show."""
    return [
        model
        for model in content_models()
        if model._meta.label not in GUIDES
        and model._meta.label not in UNSEEN
        and not is_frozen_part(model)
    ]
