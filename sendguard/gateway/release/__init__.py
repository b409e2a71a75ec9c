"""This is where it is settled what becomes of kept messages, and what their senders hear of it."""
