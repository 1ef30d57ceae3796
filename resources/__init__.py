"""Files that the window shows; opened through gui.icons and gui.examples only."""
