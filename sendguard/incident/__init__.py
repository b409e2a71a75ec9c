"""10. LEARN: this is where it is kept what a mistake did, and what will keep it from recurring."""
