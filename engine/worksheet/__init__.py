"""What the user chose: the frozen value, its JSON and its file."""
