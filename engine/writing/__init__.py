"""How expressions, names and numbers are written: plain text and LaTeX."""
