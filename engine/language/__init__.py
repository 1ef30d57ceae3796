"""Text to polynomial and back: a student's algebra, never Python."""
