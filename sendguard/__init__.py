"""SendGuard: no newsletter goes out with a link to the wrong article."""
