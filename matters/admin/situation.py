"""情形."""

from django.contrib import admin

from matters.admin.frozen import FrozenAdmin, FrozenInline
from matters.models import Situation, SituationOption


class OptionInline(FrozenInline):
    """Answers."""

    model = SituationOption


@admin.register(Situation)
class SituationAdmin(FrozenAdmin):
    """Questions of the self-check."""

    list_display = ["question", "version", "key", "position"]
    list_select_related = ["version"]
    search_fields = ["question", "version__name"]
    raw_id_fields = ["version"]
    inlines = [OptionInline]
