"""What people type on the account pages."""

import unicodedata

from django import forms
from django.contrib.auth import password_validation

PASSWORD_MAX = 128


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(
        label=label, strip=False, max_length=PASSWORD_MAX, widget=widget, help_text=help_text
    )


class SignInForm(forms.Form):
    """Login name and password; nothing is checked here but their presence."""

    username = forms.CharField(
        label="登录名",
        max_length=64,
        error_messages={"required": "请填写登录名。"},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password("密码", "current-password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].error_messages["required"] = "请填写密码。"


class CodeForm(forms.Form):
    """Six digits from the phone; full-width digits and spaces are accepted."""

    code = forms.CharField(
        label="动态口令",
        max_length=20,
        help_text="打开手机上的验证器，填写 6 位数字。每 30 秒换一次。",
        error_messages={"required": "请填写手机验证器上的 6 位数字。"},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """Six ASCII digits."""
        typed = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        code = "".join(typed.split()).replace("-", "")
        if not (code.isascii() and code.isdigit() and len(code) == 6):
            raise forms.ValidationError("动态口令是 6 位数字。请对照手机验证器重新填写。")
        return code


class PasswordForm(forms.Form):
    """The present password and a new one, twice."""

    old = _password("现在的密码", "current-password")
    new = _password(
        "新密码", "new-password", "至少 10 个字符，可用一句话；不要用登录名、姓名或常见密码。"
    )
    again = _password("再输一次新密码", "new-password")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写{field.label}。"

    def clean_new(self) -> str:
        """A password the validators accept."""
        new = self.cleaned_data["new"]
        password_validation.validate_password(new, self.user)
        return new

    def clean(self):
        """Both spellings agree, and something changes."""
        data = super().clean()
        new = data.get("new")
        if new and data.get("again") and new != data["again"]:
            self.add_error("again", "两次输入的新密码不一样。请重新输入。")
        if new and new == data.get("old"):
            self.add_error("new", "新密码与现在的密码相同。请换一个。")
        return data
