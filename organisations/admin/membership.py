"""Posts in the admin."""

from django import forms
from django.contrib import admin

from common import clock
from common.errors import Refused
from organisations.models import Membership
from organisations.rules import check_post


class PostForm(forms.ModelForm):
    """The rules of a post appear beside the role."""

    class Meta:
        model = Membership
        fields = ["user", "agency", "role", "window", "starts_on", "ends_on"]

    def clean(self):
        """Role held, window fitting."""
        data = super().clean()
        if data.get("user") and data.get("agency") and data.get("role"):
            try:
                check_post(data["user"], data["agency"], data["role"], data.get("window"))
            except Refused as refusal:
                self.add_error("role", refusal.message)
        return data


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """任职"""

    form = PostForm
    list_display = ["user", "agency", "role", "window", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "agency", "window__centre"]
    search_fields = ["user__username", "user__display_name", "agency__short_name"]
    autocomplete_fields = ["user", "agency", "window"]

    def get_queryset(self, request):
        """Posts the person may see."""
        return super().get_queryset(request).visible_to(request.user, clock.today())
