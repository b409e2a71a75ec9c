"""The relay over SMTP."""

from sendguard.adapters.smtp.crew import Crew
from sendguard.adapters.smtp.door import Door
from sendguard.adapters.smtp.session import Limits
from sendguard.config.sections import Smtp
from sendguard.ports.sending import Supply


class SmtpRelay:
    """A `ports.sending.Relay` that hands letters to the server of config.yaml."""

    def __init__(
        self,
        smtp: Smtp,
        *,
        patience_s: float = 120.0,
        final_s: float = 600.0,
        idle_s: float = 10.0,
    ) -> None:
        """Open nothing yet.

        Args:
            smtp: Where to send, and how much at a time.
            patience_s: After so long without any connection it is given up.
            final_s: Longest wait for the answer behind the final dot (RFC 5321, 4.5.3.2.6).
            idle_s: After so long without a letter, a connection is closed.
        """
        self._door = Door(smtp)
        self._at_once = smtp.at_once
        self._patience_s = patience_s
        self._limits = Limits(
            messages=smtp.messages_per_connection,
            answer_s=smtp.timeout_s,
            final_s=final_s,
            idle_s=idle_s,
        )

    async def carry(self, supply: Supply) -> None:
        """Send what `supply` has until it is over.

        Every letter that was taken is settled or put back when this returns or raises, also where
        it is cancelled.

        Raises:
            RelayTrouble: No connection can be had: there is no server, the login fails, or the
                connection is not as private as it has to be.
        """
        crew = Crew(self._door, supply, self._limits, self._at_once, self._patience_s)
        await crew.work()
