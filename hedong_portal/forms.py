"""Form rendering through the portal's own components."""

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Looks widget and field templates up in `templates/` before Django's own."""

    field_template_name = "components/field.html"
