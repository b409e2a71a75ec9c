"""Mail servers over SMTP: this is where mail goes out, over several connections, pipelined."""

from sendguard.adapters.smtp.next_hop import SmtpNextHop
from sendguard.adapters.smtp.relay import SmtpRelay

__all__ = ["SmtpNextHop", "SmtpRelay"]
