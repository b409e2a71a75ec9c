"""`sendguard outbox`: one file a command."""
