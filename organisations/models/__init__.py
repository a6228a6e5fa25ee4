"""Who does the work and where: streets, agencies, centres, windows, posts."""

from organisations.models.agency import Agency
from organisations.models.centre import ServiceCentre
from organisations.models.certainty import Certainty
from organisations.models.membership import Membership
from organisations.models.street import Street
from organisations.models.window import Window

__all__ = ["Agency", "Certainty", "Membership", "ServiceCentre", "Street", "Window"]
