"""The exit codes: a contract with the pipelines that call SendGuard."""

from sendguard.values import Decision

EXIT = {Decision.PASS: 0, Decision.BLOCK: 1, Decision.UNVERIFIED: 3}
WRONG_USAGE = 2  # the command line's own
COULD_NOT_WORK = 4
NOT_PASSED = EXIT[Decision.BLOCK]
NOT_ALL = 5  # sent, but some were refused, are in doubt or wait
