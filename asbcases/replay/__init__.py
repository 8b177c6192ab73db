"""A chronology lived through again: the real services at its own times, and nothing of it is kept."""
