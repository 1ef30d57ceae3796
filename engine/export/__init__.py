"""What leaves the program as a file: written whole or not at all."""
