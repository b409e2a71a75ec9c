"""`python -m sendguard`, the same as `sendguard`."""

from sendguard.entrypoints.cli.app import run

if __name__ == "__main__":
    run()
