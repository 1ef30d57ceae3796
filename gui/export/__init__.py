"""Dialogs that write files: results as CSV, and worksheets, which they also read."""
