"""Rows of a published version are shown, never edited: the database would refuse anyway."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from matters.admin import recording
from matters.models import MatterVersion
from matters.workflow import EDITABLE

PUBLISHED = "这个版本已不是草稿，不能改动。请填写草稿版本的编号。"


def owner(row: Any) -> MatterVersion | None:
    """The version a row belongs to, or the version itself."""
    if row is None or isinstance(row, MatterVersion):
        return row
    return row.version


class FrozenAdmin(admin.ModelAdmin):
    """Read-only as soon as the owning version is published; nothing joins a published one."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "version":
            kwargs["queryset"] = MatterVersion.objects.filter(status=EDITABLE)
            kwargs["error_messages"] = {"invalid_choice": PUBLISHED}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        version = owner(obj)
        allowed = super().has_change_permission(request, obj)
        return allowed and not (version and version.is_frozen)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        version = owner(obj)
        return super().has_delete_permission(request, obj) and not (version and version.is_frozen)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        version = recording.hold(owner(obj), request.user)
        super().save_model(request, obj, form, change)
        recording.record_form(version, form, request.user)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        recording.record_formset(owner(form.instance), formset, request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        version = recording.hold(owner(obj), request.user)
        recording.record(version, obj, request.user, before=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset:
            self.delete_model(request, row)


class FrozenInline(admin.TabularInline):
    """Inline rows of a version; read-only with it. `obj` is always the parent."""

    extra = 0

    def _open(self, obj: Any) -> bool:
        version = owner(obj)
        return version is None or not version.is_frozen

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:
        return self._open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_delete_permission(request, obj)
