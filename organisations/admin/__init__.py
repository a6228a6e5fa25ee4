"""Organisations in the admin: one file per model."""

from organisations.admin.agency import AgencyAdmin
from organisations.admin.centre import ServiceCentreAdmin
from organisations.admin.membership import MembershipAdmin
from organisations.admin.street import StreetAdmin
from organisations.admin.window import WindowAdmin

__all__ = ["AgencyAdmin", "MembershipAdmin", "ServiceCentreAdmin", "StreetAdmin", "WindowAdmin"]
