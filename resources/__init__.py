"""Files that the window shows; opened through gui.icons only."""
