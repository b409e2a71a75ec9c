"""How many connections this process can hold: each is a file to the system."""

import resource

from sendguard.ports.watching import Journal

FOR_THE_REST = 256
"""Files that the store, the next hop, visits and the program itself need."""


def room_for_connections(wanted: int, journal: Journal) -> int:
    """How many of these connections there is room for; the limit is raised as far as it goes."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if now == resource.RLIM_INFINITY or now >= wanted + FOR_THE_REST:
        return wanted
    if most == resource.RLIM_INFINITY or most > now:
        now = wanted + FOR_THE_REST
        now = now if most == resource.RLIM_INFINITY else min(now, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))
    room = max(1, min(wanted, now - FOR_THE_REST))
    if room < wanted:
        says = f"the system allows {now} files at a time (ulimit -n), enough for {room} connections"
        journal.warn("fewer-connections", says=says)
    return room
