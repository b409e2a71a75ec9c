"""5. JUDGE: this is where what was found is held against what was meant."""
