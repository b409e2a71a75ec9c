"""`sendguard doctor`: what works, one part after the other."""
