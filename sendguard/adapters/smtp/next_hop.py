"""The next hop over SMTP."""

from sendguard.adapters.smtp.channel import Channel
from sendguard.adapters.smtp.door import Door
from sendguard.adapters.smtp.pool import Pool
from sendguard.adapters.smtp.session import Limits
from sendguard.adapters.smtp.transaction import Transaction
from sendguard.adapters.smtp.troubles import NEXT_HOP
from sendguard.config.sections import Smtp
from sendguard.gateway import Mail
from sendguard.ports.gateway import Handed
from sendguard.send import NotSent


class SmtpNextHop:
    """A `ports.gateway.NextHop` that keeps connections to one server."""

    def __init__(
        self,
        smtp: Smtp,
        *,
        connect_s: float = 15.0,
        final_s: float = 570.0,
        idle_s: float = 30.0,
    ) -> None:
        """Open nothing yet.

        Args:
            smtp: The server, and how many connections at a time.
            connect_s: Longest wait for a connection that is ready.
            final_s: Longest wait for the answer behind the final dot: a little less than the ten
                minutes for which our own client waits (RFC 5321, 4.5.3.2.6).
            idle_s: After so long without a message, a connection is closed.
        """
        limits = Limits(
            messages=smtp.messages_per_connection,
            answer_s=smtp.timeout_s,
            final_s=final_s,
            idle_s=idle_s,
        )
        self._pool = Pool(Door(smtp, NEXT_HOP), limits, smtp.at_once, connect_s)

    async def hand_on(self, mail: Mail) -> Handed:
        """Hand one message on, byte for byte, in one transaction.

        Whatever happens is an outcome: where no connection can be had, `NotSent` for everyone.
        """
        channel = await self._pool.take()
        if isinstance(channel, NotSent):
            return _not_sent(mail, channel)
        was_kept = channel.carried > 0
        transaction = await self._carry(channel, mail)
        if was_kept and channel.has_died and transaction.is_cut and not transaction.is_begun:
            return await self._hand_on_anew(mail)
        return Handed(outcomes=transaction.outcomes)

    async def close(self) -> None:
        """Take leave on every connection; what is under way is waited for a little."""
        await self._pool.close()

    async def _hand_on_anew(self, mail: Mail) -> Handed:
        """Over another connection: the one that was kept had died, which is nobody's fault."""
        self._pool.forget_idle()
        channel = await self._pool.take()
        if isinstance(channel, NotSent):
            return _not_sent(mail, channel)
        transaction = await self._carry(channel, mail)
        return Handed(outcomes=transaction.outcomes)

    async def _carry(self, channel: Channel, mail: Mail) -> Transaction:
        try:
            return await channel.carry(mail)
        finally:
            self._pool.give_back(channel)


def _not_sent(mail: Mail, why: NotSent) -> Handed:
    return Handed(outcomes=dict.fromkeys(mail.recipients, why))
