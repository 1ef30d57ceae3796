"""A guided tour through the lesson, on the real window."""
