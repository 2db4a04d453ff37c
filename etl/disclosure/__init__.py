"""The gate: what to hide so that nobody can work out a small count, and the proof of it."""
