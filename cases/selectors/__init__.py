"""Reading case files. Nothing here writes."""

from cases.selectors.matches import Match, possible_matches

__all__ = ["Match", "possible_matches"]
