"""Files that the window shows; opened through gui.look.icons and gui.window.examples only."""
