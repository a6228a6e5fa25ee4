"""A foreign key written as a string is an arrow too: relations also only go down."""

from django.apps import apps
from django.conf import settings

#: lowest floor first; floors that come with later issues keep their place
FLOORS = [
    {"common"},
    {"accounts"},
    {"audit"},
    {"organisations", "notifications"},
    {"rectifications"},
    {"matters"},
    {"cases"},
    {"bundles", "crossregion", "reviews"},
    {"bizenv"},
    {"performance"},
    {"pages"},
    {"hedong_portal"},
]
RANK = {app: rank for rank, floor in enumerate(FLOORS) for app in floor}


def upward_relations(models) -> list[str]:
    """`app.Model.field -> app.Model` for every relation that climbs or goes sideways."""
    return [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in models
        if model._meta.app_label in RANK
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if (target := field.related_model._meta.app_label) in RANK
        if target != model._meta.app_label and RANK[target] >= RANK[model._meta.app_label]
    ]


def test_relations_point_downwards():
    assert upward_relations(apps.get_models()) == []


def test_every_installed_app_has_a_floor():
    assert {app for app in settings.PORTAL_APPS if app not in RANK} == set()


def test_the_walk_sees_an_upward_relation():
    """Broken on purpose: matters -> organisations read the wrong way round is reported."""
    from matters.models import MatterVersion

    high, low = RANK["matters"], RANK["organisations"]
    RANK["matters"], RANK["organisations"] = low, high
    try:
        found = upward_relations([MatterVersion])
    finally:
        RANK["matters"], RANK["organisations"] = high, low
    assert "matters.MatterVersion.agency -> organisations.Agency" in found
