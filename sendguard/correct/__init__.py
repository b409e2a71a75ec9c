"""9. CORRECT: this is where a mistake that is out is put right, in a campaign of its own."""
