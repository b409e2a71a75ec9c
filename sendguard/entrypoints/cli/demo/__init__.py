"""`sendguard demo`: a wrong link is stopped, repaired, and let through; offline, on loopback."""
