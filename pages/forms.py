"""Forms of the site itself."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from pages.models import ErrorReport

#: mobile, or a fixed line with or without its area code
PHONE = re.compile(r"1\d{10}|(0\d{2,3}-?)?\d{7,8}")
NO_WAY_TO_ANSWER = (
    "按这个号码或邮箱联系不到您。请填 11 位手机号、固定电话或邮箱，例如 name@example.cn；"
    "不想留可以空着。"
)


class ErrorReportForm(forms.ModelForm):
    """我为政府网站找错: three questions, one of them optional."""

    class Meta:
        model = ErrorReport
        fields = ("page_path", "kind", "what", "contact")
        labels = {
            "page_path": "哪个页面有问题",
            "kind": "是什么问题",
            "what": "请说说哪里不对",
            "contact": "手机或邮箱",
        }
        help_texts = {
            "page_path": "从其他页面点过来的会自动填好；也可以粘贴网址。",
            "kind": "",
            "what": "最好写清原文是什么、应该是什么。请不要写身份证号等个人信息。",
            "contact": "加密保存，只用来回复这一条，不公开。",
        }
        widgets = {
            "kind": forms.RadioSelect,
            "what": forms.Textarea(attrs={"rows": 6}),
            "contact": forms.TextInput(attrs={"autocomplete": "email"}),
        }
        error_messages = {
            "kind": {"required": "请选一类最接近的问题。"},
            "what": {
                "required": "请写一两句话，说明哪里不对。",
                "max_length": "最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请精简。",
            },
            "contact": {"max_length": "最多 %(limit_value)d 个字，请只留一个手机号或邮箱。"},
            "page_path": {"max_length": "网址太长了，请只粘贴到问号之前的部分。"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ErrorReport.Kind.choices  # without the empty choice

    def clean_contact(self) -> str:
        """A way to answer that can work, without spaces and full-width characters; or nothing."""
        given = "".join(unicodedata.normalize("NFKC", self.cleaned_data["contact"]).split())
        if not given or PHONE.fullmatch(given):
            return given
        try:
            validate_email(given)
        except ValidationError as error:
            raise ValidationError(NO_WAY_TO_ANSWER) from error
        return given
