"""Exact algebra beyond the rationals: algebraic numbers, and equations that they solve."""
