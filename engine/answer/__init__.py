"""Answers found by hand: whether they are right, and which slip was made."""
