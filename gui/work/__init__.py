"""Work in the background and in turns of the event loop."""
