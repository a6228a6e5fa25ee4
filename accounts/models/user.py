"""Who someone is."""

import uuid

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from common import clock
from common.crypto import BLIND_INDEX_LENGTH, EncryptedTextField, blind_index

LOGIN_NAME = r"^[a-z0-9][a-z0-9_.-]{2,31}$"
LOGIN_NAME_HINT = "3 至 32 个字符：小写字母、数字、点、横线或下划线，以字母或数字开头。"


def normalise_login_name(username: str) -> str:
    """The one spelling of a login name: NFKC, no surrounding space, lower case."""
    return AbstractBaseUser.normalize_username(username).strip().lower()


class UserQuerySet(models.QuerySet):
    """Named selections of people."""

    def staff(self):
        """People who work for the government."""
        return self.filter(kind=User.Kind.STAFF)

    def with_mobile(self, mobile: str):
        """People with exactly this cleaned mobile number; nobody for ""."""
        index = blind_index(mobile, "accounts.user.mobile")
        return self.filter(mobile_index=index) if index else self.none()

    def with_role(self, *roles):
        """People who hold at least one of the roles."""
        return self.filter(role_assignments__role__in=roles).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Creates people; login names are always stored in lower case."""

    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        """Create one person; without a password nobody can sign in with the account."""
        user = self.model(username=normalise_login_name(username), **fields)
        user.set_password(password)
        user.password_changed_at = clock.now()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> "User":
        """Look a person up by login name in any letter case."""
        return self.get(username=normalise_login_name(username))


class User(AbstractBaseUser, PermissionsMixin):
    """One person who can sign in: a member of staff or a citizen.

    There is no super user and there are no groups: rights come from roles alone
    (`accounts.policies`), so that no flag can step over the separation of duties.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", "工作人员"
        CITIZEN = "citizen", "办事人"

    username = models.CharField(
        "登录名",
        max_length=32,
        unique=True,
        validators=[RegexValidator(LOGIN_NAME, LOGIN_NAME_HINT)],
        error_messages={"unique": "这个登录名已有人使用，请换一个。"},
        help_text=LOGIN_NAME_HINT,
    )
    display_name = models.CharField("姓名", max_length=40, help_text="页面上显示的称呼。")
    kind = models.CharField(
        "类别",
        max_length=8,
        choices=Kind.choices,
        default=Kind.STAFF,
        help_text="工作人员可以授予岗位；办事人不能。",
    )
    is_active = models.BooleanField(
        "启用", default=True, help_text="停用后立即退出登录，账户和记录保留。"
    )
    must_change_password = models.BooleanField(
        "须改密码", default=False, help_text="下次登录后先改密码才能继续。"
    )
    password_changed_at = models.DateTimeField(
        "密码设定时间", default=clock.now, help_text="用于提示定期更换密码。"
    )
    session_epoch = models.PositiveIntegerField(
        "登录轮次",
        default=0,
        editable=False,
        help_text="加一即让此前的所有登录失效，例如停用账户或重置动态口令。",
    )
    mobile = EncryptedTextField(
        "手机号",
        max_length=11,
        blank=True,
        default="",
        help_text="加密保存，列表中只显示前三后四位。",
    )
    mobile_index = models.CharField(
        "手机号检索值",
        max_length=BLIND_INDEX_LENGTH,
        blank=True,
        default="",
        editable=False,
        help_text="由系统计算，用于按手机号精确查找。",
    )
    row_key = models.UUIDField(
        "行标识", default=uuid.uuid4, unique=True, editable=False, help_text="加密字段绑定的标识。"
    )
    created_at = models.DateTimeField(
        "创建时间", default=clock.now, editable=False, help_text="账户建立的时间。"
    )

    is_superuser = None
    groups = None
    user_permissions = None

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = "用户"
        verbose_name_plural = "用户"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=LOGIN_NAME),
                name="user_username_spelling",
                violation_error_message=f"登录名：{LOGIN_NAME_HINT}",
            ),
            models.UniqueConstraint(
                fields=["kind", "mobile_index"],
                condition=~Q(mobile_index=""),
                name="user_mobile_once_per_kind",
                violation_error_message="这个手机号已用于另一个账户。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name}（{self.username}）"

    def clean(self):
        """Bring the login name to its one spelling before it is validated."""
        self.username = normalise_login_name(self.username)

    def set_mobile(self, mobile: str) -> None:
        """Put a cleaned mobile number (11 digits or "") and its look-up value; does not save."""
        self.mobile = mobile
        self.mobile_index = blind_index(mobile, "accounts.user.mobile")

    def _get_session_auth_hash(self, secret=None) -> str:
        # Django ties a session to the password; ours also ends when the epoch moves on, so a
        # disabled account that is enabled again does not revive its old sessions.
        parts = f"{self.password}:{self.session_epoch}"
        return salted_hmac("accounts.session", parts, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """Name for headers and logs."""
        return self.display_name

    get_short_name = get_full_name

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held now; read once per object, so once per request."""
        return frozenset(self.role_assignments.values_list("role", flat=True))

    def has_role(self, *roles: str) -> bool:
        """Whether an active member of staff holds at least one of the roles."""
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def is_staff(self) -> bool:
        """Django's meaning of the word: may open the admin site, i.e. holds any role."""
        return self.is_active and self.kind == self.Kind.STAFF and bool(self.roles)
