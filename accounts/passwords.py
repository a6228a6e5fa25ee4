"""Rules for new passwords, beside those of Django."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class MinimumLength(MinimumLengthValidator):
    """Django's rule in our words: its message has no Chinese translation in this version."""

    def get_error_message(self) -> str:
        return f"密码太短，至少要 {self.min_length} 个字符；可以用一句话。"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 个字符。"
