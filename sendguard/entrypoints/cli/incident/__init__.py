"""`sendguard incident`: the record of a mistake that went out."""
