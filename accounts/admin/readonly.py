"""Logs and other derived rows are read, never written by hand."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """A list nobody adds to, changes or deletes from, whatever the role."""

    actions = None

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
