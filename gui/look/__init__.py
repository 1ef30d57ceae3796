"""How things look: theme, icons, numbers, and signs of the methods."""
