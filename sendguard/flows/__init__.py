"""Flows join the stages and wait on the ports; they hold no opinions of their own."""
