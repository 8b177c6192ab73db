"""Files as evidence: how they come in, what they are found to be, where they are kept, what staff look at."""
