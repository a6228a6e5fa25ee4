"""Centres in the admin."""

from django import forms
from django.contrib import admin

from organisations.models import ServiceCentre


class CentreForm(forms.ModelForm):
    """Facilities as boxes to tick: only what was verified."""

    facilities = forms.MultipleChoiceField(
        label="无障碍与便民设施",
        choices=ServiceCentre.Facility.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只勾选已核实有的设施。",
    )

    class Meta:
        model = ServiceCentre
        fields = "__all__"  # noqa: DJ007  staff only; every field of a hall is editable


@admin.register(ServiceCentre)
class ServiceCentreAdmin(admin.ModelAdmin):
    """政务服务大厅"""

    form = CentreForm
    list_display = ["name", "kind", "agency", "address", "phone", "certainty"]
    list_filter = ["kind", "certainty"]
    list_select_related = ["agency"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["agency", "street"]
