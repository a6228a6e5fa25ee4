"""May this caller do this: closed unless a view says `Anyone`, or names the scope it needs."""

from rest_framework.permissions import BasePermission


class Anyone(BasePermission):
    """Open to the world; the names of such views stand in the list of open pages."""

    def has_permission(self, request, view) -> bool:
        return True


class WithScope(BasePermission):
    """A valid token that carries the view's `scope`; a view without one needs just the token."""

    def has_permission(self, request, view) -> bool:
        if request.auth is None:
            return False
        needed = getattr(view, "scope", None)
        return needed is None or needed in request.auth.scopes
