"""What the user has and looks at: worksheet, readings, selection, settings."""
