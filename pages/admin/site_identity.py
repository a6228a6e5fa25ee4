"""网站标识: one row, never a second, never deleted."""

from django.contrib import admin

from pages.models import SiteIdentity


@admin.register(SiteIdentity)
class SiteIdentityAdmin(admin.ModelAdmin):
    """Numbers nobody has entered are printed as （待配置）."""

    list_display = ("name", "organiser", "site_code", "icp_number", "updated_at")
    readonly_fields = ("updated_at",)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and not SiteIdentity.objects.exists()

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
