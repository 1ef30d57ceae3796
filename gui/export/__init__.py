"""Dialogs that write files: what panels show, and worksheets, which they also read."""
