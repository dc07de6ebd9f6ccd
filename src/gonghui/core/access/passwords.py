"""What a password must be, said in Chinese where Django's own translation is missing."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """A password has a least number of characters."""

    def get_error_message(self) -> str:
        return f"密码太短，至少要 {self.min_length} 位。"

    def get_help_text(self) -> str:
        return f"至少 {self.min_length} 位。"
