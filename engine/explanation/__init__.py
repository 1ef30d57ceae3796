"""How each method got there, as values that a view can show."""
