"""What editors may change about the site, one file per model."""

from pages.admin import error_report, help_page, notice, site_identity

__all__ = ["error_report", "help_page", "notice", "site_identity"]
