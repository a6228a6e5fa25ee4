"""Granting and revoking roles in the admin."""

from django import forms
from django.contrib import admin

from accounts import policies, rules
from accounts.models import RoleAssignment
from accounts.services import people
from common.errors import Refused


class GrantForm(forms.ModelForm):
    """Refusals of the rules appear beside the role."""

    class Meta:
        model = RoleAssignment
        fields = ["user", "role"]

    granting_user = None

    def clean(self):
        """The same checks the service makes, early enough to be shown."""
        data = super().clean()
        user, role = data.get("user"), data.get("role")
        if user and role:
            try:
                rules.check_not_oneself(self.granting_user, user)
                policies.check_may_grant(self.granting_user, role)
                rules.check_role_fits(user, user.roles, role)
            except Refused as refusal:
                self.add_error("role", refusal.message)
        return data


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(admin.ModelAdmin):
    """岗位授予"""

    form = GrantForm
    actions = None
    autocomplete_fields = ["user"]
    list_display = ["user", "role", "granted_by", "granted_at"]
    list_filter = ["role"]
    list_select_related = ["user", "granted_by"]
    search_fields = ["user__username", "user__display_name"]

    def get_form(self, request, obj=None, **kwargs):
        """Tell the form who grants."""
        form = super().get_form(request, obj, **kwargs)
        form.granting_user = request.user
        return form

    def has_change_permission(self, request, obj=None) -> bool:
        """A grant is given or taken back, never turned into another."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Only who may take back this very role."""
        allowed = super().has_delete_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return policies.may_grant(request.user, obj.role) and obj.user_id != request.user.pk

    def save_model(self, request, obj, form, change):
        """Through the service, which logs."""
        granted = people.grant_role(user=obj.user, role=obj.role, by=request.user)
        obj.pk = granted.pk

    def delete_model(self, request, obj):
        """Through the service, which logs."""
        people.revoke_role(assignment=obj, by=request.user)
