"""“这份指南有用吗？”"""

from uuid import uuid4

from django import forms

from matters.models import GuideFeedback

ANSWERS = [("yes", "有用，看明白了"), ("no", "没用，还是不清楚")]


class GuideFeedbackForm(forms.Form):
    """One choice and an optional sentence. `submission` makes a double click one answer."""

    useful = forms.ChoiceField(
        label="这份指南有用吗？",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选“有用”或“没用”。",
            "invalid_choice": "请选“有用”或“没用”。",
        },
    )
    comment = forms.CharField(
        label="哪里没说清，或者缺了什么",
        required=False,
        max_length=GuideFeedback._meta.get_field("comment").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="不用登录，也不留姓名。请不要写身份证号、电话等个人信息。",
        error_messages={
            "max_length": "最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请精简。"
        },
    )
    submission = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={
            "required": "页面停留太久了，请重新点一次提交。",
            "invalid": "页面停留太久了，请重新点一次提交。",
        },
    )

    def is_useful(self) -> bool:
        """The judgement, after validation."""
        return self.cleaned_data["useful"] == "yes"
