"""`sendguard serve`: the parts of the process that runs for good."""
