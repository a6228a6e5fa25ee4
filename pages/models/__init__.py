"""Everything an editor may change about the site itself."""

from pages.models.error_report import ErrorReport
from pages.models.help_page import HelpPage
from pages.models.notice import Notice
from pages.models.site_identity import SiteIdentity

__all__ = ["ErrorReport", "HelpPage", "Notice", "SiteIdentity"]
