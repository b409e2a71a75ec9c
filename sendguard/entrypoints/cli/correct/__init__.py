"""`sendguard correct`, step by step."""
