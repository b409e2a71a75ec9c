"""The relay over SMTP: this is where letters go out, several connections at a time, pipelined."""

from sendguard.adapters.smtp.relay import SmtpRelay

__all__ = ["SmtpRelay"]
