"""Ways in that somebody tried: each of these once led somewhere."""
