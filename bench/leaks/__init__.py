"""A labelled set of letters: some with one planted leak each, some that tell nobody anything.

What is planted and how it is disguised was written before the search was, and by hand: nothing here is read from the
tables the search uses.
"""
