"""The main window itself: docks, menus, their icons, and the progress bar."""
