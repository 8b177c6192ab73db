"""Gates: what must be true before a step is taken, as the policy's data, checked all at once."""
