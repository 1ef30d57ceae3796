"""What runs before the first window, or watches over the process."""
