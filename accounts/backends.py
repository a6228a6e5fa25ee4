"""How Django asks who someone is and what they may do."""

from django.contrib.auth.backends import BaseBackend

from accounts import policies
from accounts.models import User


class RoleBackend(BaseBackend):
    """Rights from roles. Passwords are checked by `accounts.services.sign_in` alone.

    There is no `authenticate` here on purpose: Django's own log-in helpers (and any library that
    calls them) cannot step around the lock-out and the second factor.
    """

    def get_user(self, user_id: int) -> User | None:
        """The person of a session; a disabled account is nobody from the next request on."""
        return User.objects.filter(pk=user_id, is_active=True).first()

    def has_perm(self, user_obj, perm: str, obj=None) -> bool:
        """Whether an active member of staff holds a role that gives `perm`."""
        return user_obj.is_staff and policies.allows(user_obj.roles, perm)

    def has_module_perms(self, user_obj, app_label: str) -> bool:
        """Whether the admin shows an app at all."""
        return user_obj.is_staff and policies.opens_app(user_obj.roles, app_label)
