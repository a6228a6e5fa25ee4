"""People in the admin: create, disable, reset; a password is never typed here."""

from django import forms
from django.contrib import admin, messages

from accounts import policies
from accounts.models import RoleAssignment, User
from accounts.services import factor, people
from common.errors import Refused
from common.identifiers import clean_mobile
from common.masking import mask_phone


class UserForm(forms.ModelForm):
    """Mobile numbers are cleaned here and sealed by the model."""

    mobile = forms.CharField(label="手机号", required=False, max_length=20)

    class Meta:
        model = User
        fields = ["username", "display_name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.pop("mobile", None)  # the number itself is never sent to the browser
        known = mask_phone(self.instance.mobile)
        hint = f"现有 {known}，留空则不变。" if known else "选填，11 位。"
        if "mobile" in self.fields:  # absent when the page is read-only
            self.fields["mobile"].help_text = f"{hint}加密保存。"

    def clean_mobile(self) -> str:
        """Eleven digits; nothing keeps the present number."""
        typed = self.cleaned_data["mobile"]
        return clean_mobile(typed) if typed else self.instance.mobile

    def clean(self):
        """Put the number on the row early, so that the uniqueness of its index is checked."""
        data = super().clean()
        self.instance.set_mobile(data.get("mobile") or "")
        return data


class RoleInline(admin.TabularInline):
    """Roles held; they are given on their own page."""

    model = RoleAssignment
    fk_name = "user"
    fields = ["role", "granted_by", "granted_at"]
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """用户"""

    form = UserForm
    inlines = [RoleInline]
    list_display = ["username", "display_name", "kind", "role_names", "is_active", "last_login"]
    list_filter = ["kind", "is_active", "role_assignments__role"]
    search_fields = ["username", "display_name"]
    readonly_fields = ["kind", "is_active", "last_login", "password_changed_at", "created_at"]
    actions = ["disable", "enable", "reset_password", "reset_factor", "unlock"]

    def get_queryset(self, request):
        """With roles, for the list."""
        return super().get_queryset(request).prefetch_related("role_assignments")

    def has_change_permission(self, request, obj=None) -> bool:
        """An administrator's account is shown to 系统管理, not changed."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or policies.may_manage(request.user, obj))

    def has_delete_permission(self, request, obj=None) -> bool:
        """People are disabled, never deleted: what they did stays theirs."""
        return False

    @admin.display(description="岗位")
    def role_names(self, user: User) -> str:
        return "、".join(a.get_role_display() for a in user.role_assignments.all()) or "无"

    def save_model(self, request, obj, form, change):
        """A new account gets a one-time password, shown once."""
        if change:
            people.change_details(user=obj, by=request.user)
            return
        user, password = people.create_staff(
            username=obj.username,
            display_name=obj.display_name,
            mobile=obj.mobile,
            by=request.user,
        )
        obj.pk = user.pk
        messages.warning(
            request, f"{user} 的一次性密码：{password}。只显示这一次，请当面交给本人。"
        )

    @admin.action(description="停用所选账户", permissions=["change"])
    def disable(self, request, queryset):
        self._each(request, queryset, _disable, "已停用")

    @admin.action(description="启用所选账户", permissions=["change"])
    def enable(self, request, queryset):
        self._each(request, queryset, _enable, "已启用")

    @admin.action(description="重置密码", permissions=["change"])
    def reset_password(self, request, queryset):
        self._each(request, queryset, people.reset_password, "的一次性密码（只显示一次）：")

    @admin.action(description="重置动态口令", permissions=["change"])
    def reset_factor(self, request, queryset):
        self._each(request, queryset, factor.forget_factor, "须重新绑定动态口令")

    @admin.action(description="解除登录暂停", permissions=["change"])
    def unlock(self, request, queryset):
        self._each(request, queryset, people.unlock, "可以再次登录")

    def _each(self, request, queryset, verb, words: str) -> None:
        for user in queryset:
            try:
                result = verb(user=user, by=request.user)
            except Refused as refusal:
                messages.error(request, f"{user}：{refusal.message}")
            else:
                secret = result if isinstance(result, str) else ""
                messages.success(request, f"{user} {words}{secret}")


def _disable(*, user, by) -> None:
    people.set_active(user=user, active=False, by=by)


def _enable(*, user, by) -> None:
    people.set_active(user=user, active=True, by=by)
