"""`sendguard demo`: a wrong link is stopped, and a mistake put right; offline, on loopback."""
