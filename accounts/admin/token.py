"""Tokens of other systems in the admin: issued, shown once, taken back; never changed."""

from django import forms
from django.contrib import admin, messages

from accounts import policies, rules
from accounts.models import ApiToken
from accounts.scopes import Scope
from accounts.services import tokens
from common.errors import Refused


class IssueForm(forms.ModelForm):
    """What a person decides about a token; refusals appear beside the field."""

    scopes = forms.MultipleChoiceField(
        label="权限范围",
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="只给用得到的。发布、审核不能用令牌完成。",
    )
    days = forms.IntegerField(
        label="有效天数",
        min_value=1,
        max_value=tokens.LONGEST_DAYS,
        initial=180,
        help_text="到期自动失效，最长一年。",
    )

    class Meta:
        model = ApiToken
        fields = ["name", "user", "scopes"]

    issuing_user = None

    def clean(self):
        """The checks of the service, early enough to be shown."""
        data = super().clean()
        if data.get("user") and data.get("scopes") and data.get("days"):
            try:
                policies.check_may_issue_token(self.issuing_user)
                rules.check_token_fits(
                    data["user"], data["scopes"], data["days"], longest=tokens.LONGEST_DAYS
                )
            except Refused as refusal:
                self.add_error("user", refusal.message)
        return data


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """接口令牌"""

    form = IssueForm
    autocomplete_fields = ["user"]
    list_display = ["name", "user", "scope_names", "shown_prefix", "expires_at", "last_used_on"]
    list_display_links = ["name"]
    list_filter = ["expires_at", "revoked_at"]
    list_select_related = ["user"]
    search_fields = ["name", "prefix", "user__username", "user__display_name"]
    actions = ["revoke"]
    fields = ["name", "user", "scopes", "days"]

    def get_form(self, request, obj=None, **kwargs):
        """Tell the form who issues."""
        form = super().get_form(request, obj, **kwargs)
        form.issuing_user = request.user
        return form

    def get_fields(self, request, obj=None):
        """A token that exists is shown, with everything but its digest."""
        if obj is None:
            return self.fields
        return [
            "name",
            "user",
            "scope_names",
            "shown_prefix",
            "expires_at",
            "last_used_on",
            "created_by",
            "created_at",
            "revoked_at",
        ]

    def has_change_permission(self, request, obj=None) -> bool:
        """Issued or taken back, never turned into another."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        """Taken back, never deleted: the log names it."""
        return False

    @admin.display(description="权限范围")
    def scope_names(self, token: ApiToken) -> str:
        return "、".join(Scope(scope).label for scope in token.scopes)

    @admin.display(description="令牌开头")
    def shown_prefix(self, token: ApiToken) -> str:
        state = "（已收回）" if token.revoked_at else ""
        return f"hd_{token.prefix}…{state}"

    def save_model(self, request, obj, form, change):
        """Through the service, which logs; the text is shown this once."""
        data = form.cleaned_data
        token, text = tokens.issue_token(
            user=data["user"],
            name=data["name"],
            scopes=data["scopes"],
            days=data["days"],
            by=request.user,
        )
        obj.pk = token.pk
        messages.warning(request, f"令牌：{text}。只显示这一次，请安全地交给对接系统的负责人。")

    @admin.action(description="收回所选令牌", permissions=["change"])
    def revoke(self, request, queryset):
        for token in queryset.select_related("user"):
            try:
                tokens.revoke_token(token=token, by=request.user)
            except Refused as refusal:
                messages.error(request, f"{token}：{refusal.message}")
            else:
                messages.success(request, f"已收回 {token}，立即失效。")
