"""The words behind ``trigrad`` and ``python -m engine``: read, worked on, and answered as text."""
