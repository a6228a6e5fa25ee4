"""The one field of an import."""

from django import forms

from matters.intake import limits

MEGABYTES = limits.UPLOAD_BYTES // limits.MEGABYTE
ENDINGS = (".xlsx", ".csv", ".txt")
TOO_LARGE = f"文件超过 {MEGABYTES} MB，没有接收。请删去图片和多余的内容，或拆成几个文件再上传。"


class ImportForm(forms.Form):
    """A file; what is inside is looked at by the worker, never by the web process."""

    file = forms.FileField(
        label="表格文件",
        allow_empty_file=True,
        max_length=1_000,
        help_text=f"XLSX 或 CSV，不超过 {MEGABYTES} MB。先检查，不会马上改动目录。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": "请选择要导入的表格文件。"},
    )

    def clean_file(self):
        """The name says what the person meant to send; the content is checked later."""
        upload = self.cleaned_data["file"]
        if upload.size == 0:
            raise forms.ValidationError("文件是空的。请选择填好的表格。")
        if not upload.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(
                "只能导入 .xlsx 或 .csv 文件。旧的 .xls 请在表格软件里另存为 .xlsx 再上传。"
            )
        return upload
