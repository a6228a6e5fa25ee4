"""What every page of the portal knows about the site."""

from django.utils.functional import SimpleLazyObject

from pages import desk, navigation
from pages.display import NORMAL
from pages.models import SiteIdentity


def site(request) -> dict:
    """`site` (identity, read only when a template asks), navigation and footer links."""
    elder = getattr(request, "display", NORMAL).elder
    main = navigation.ELDER if elder else navigation.MAIN
    # An error before the session is read (a wrong Host header) leaves no user on the request.
    utility = navigation.utility(getattr(request, "user", None))
    return {
        "site": SimpleLazyObject(SiteIdentity.objects.current),
        "navigation": navigation.links(main, request.path),
        "utility_links": navigation.links(utility, request.path),
        "footer_groups": navigation.footer_groups(request.path),
        "desk": desk.frame(request),
    }
