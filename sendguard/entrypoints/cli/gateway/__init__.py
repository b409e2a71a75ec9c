"""`sendguard gateway`: one file a command."""
