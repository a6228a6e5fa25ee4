"""Creating, changing and closing accounts; every verb leaves one `AccountEvent`."""

import secrets

from django.db import transaction

from accounts import lockout, policies, rules
from accounts.models import AccountEvent, RoleAssignment, User
from accounts.services.sign_in import forget_tries
from common import clock
from common.errors import Refused

Kind = AccountEvent.Kind


def one_time_password() -> str:
    """A random password to hand over once; the person must change it at the first sign-in."""
    return secrets.token_urlsafe(12)


@transaction.atomic
def create_staff(
    *, username: str, display_name: str, by: User | None, password: str | None = None, mobile=""
) -> tuple[User, str]:
    """Create a member of staff; returns the account and its password.

    Without `password` a one-time password is made and must be changed at the first sign-in.
    `by` is None for the command line.
    """
    if by is not None:
        policies.check_may_manage(by)
    given = password or one_time_password()
    user = User(kind=User.Kind.STAFF, username=username, display_name=display_name)
    user.clean()
    user.must_change_password = password is None
    user.set_mobile(mobile)
    user.set_password(given)
    user.full_clean()
    user.save()
    _note(user, by, Kind.CREATED)
    return user, given


@transaction.atomic
def change_details(*, user: User, by: User) -> None:
    """Save the name, login name and mobile number that a form has set and validated."""
    policies.check_may_manage(by, lock(user))
    user.save(update_fields=["username", "display_name", "mobile", "mobile_index"])
    _note(user, by, Kind.DETAILS_CHANGED)


@transaction.atomic
def grant_role(*, user: User, role: str, by: User | None) -> RoleAssignment:
    """Give a role. Raises Refused; the database holds the exclusion besides."""
    locked = lock(user)
    if by is not None:
        policies.check_may_grant(by, role)
    rules.check_not_oneself(by, locked)
    rules.check_role_fits(locked, locked.roles, role)
    assignment = RoleAssignment.objects.create(user=locked, role=role, granted_by=by)
    _forget_roles(user)
    _note(locked, by, Kind.ROLE_GRANTED, assignment.get_role_display())
    return assignment


@transaction.atomic
def revoke_role(*, assignment: RoleAssignment, by: User | None) -> None:
    """Take a role back; it stops counting at the next request."""
    user = lock(assignment.user)
    if by is not None:
        policies.check_may_grant(by, assignment.role)
    rules.check_not_oneself(by, user)
    label = assignment.get_role_display()
    assignment.delete()
    _note(user, by, Kind.ROLE_REVOKED, label)


@transaction.atomic
def set_active(*, user: User, active: bool, by: User | None) -> User:
    """Enable or disable an account; disabling ends every session for good."""
    locked = lock(user)
    if by is not None:
        policies.check_may_manage(by, locked)
    rules.check_not_oneself(by, locked)
    locked.is_active = active
    locked.session_epoch += 1
    locked.save(update_fields=["is_active", "session_epoch"])
    _note(locked, by, Kind.ENABLED if active else Kind.DISABLED)
    return locked


@transaction.atomic
def reset_password(*, user: User, by: User | None) -> str:
    """Set and return a one-time password; sessions end, the pause is lifted."""
    locked = lock(user)
    if by is not None:
        policies.check_may_manage(by, locked)
    rules.check_not_oneself(by, locked)
    given = one_time_password()
    _set_password(locked, given, must_change=True)
    forget_tries(locked)
    _note(locked, by, Kind.PASSWORD_RESET)
    return given


@transaction.atomic
def change_password(*, user: User, new: str) -> User:
    """A person sets an own new password; the caller has checked the old one."""
    locked = lock(user)
    _set_password(locked, new, must_change=False)
    _note(locked, user, Kind.PASSWORD_CHANGED)
    return locked


def check_own_password(*, user: User, password: str) -> bool:
    """Whether `password` is the person's present one; counted like a sign-in."""
    hits = lockout.take(lockout.Limit(f"password:{user.pk}"))
    fits = user.check_password(password)
    if fits:
        lockout.give_back(hits)
    return fits


@transaction.atomic
def unlock(*, user: User, by: User) -> None:
    """Lift the pause after too many tries."""
    policies.check_may_manage(by, user)
    forget_tries(user)
    _note(user, by, Kind.UNLOCKED)


def note_sign_out(user: User) -> None:
    """Record that a person ended the session."""
    _note(user, user, Kind.SIGNED_OUT)


def lock(user: User) -> User:
    """The account as stored now, held until the transaction ends. Raises Refused when gone."""
    locked = User.objects.select_for_update(of=("self",), no_key=True).filter(pk=user.pk).first()
    if locked is None:
        raise Refused("no_such_user", "没有这个用户，可能刚被合并。请刷新后再试。", status=404)
    return locked


def _set_password(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.password_changed_at = clock.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])


def _note(user: User, by: User | None, kind: str, detail: str = "") -> None:
    AccountEvent.objects.create(user=user, by=by, kind=kind, detail=detail)


def _forget_roles(user: User) -> None:
    user.__dict__.pop("roles", None)
