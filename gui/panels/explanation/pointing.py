"""Which terms of f are looked at: pointed at for now, or kept marked by a click."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Pointing(QObject):
    """What is pointed at comes before what is kept marked; all terms together mark nothing.

    Signals:
        changed: Other terms are looked at.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._kept: int | None = None
        self._pointed: frozenset[int] | None = None

    @property
    def terms(self) -> frozenset[int] | None:
        """Positions of the terms that are looked at; None where it is none in particular."""
        if self._pointed is not None:
            return self._pointed
        return None if self._kept is None else frozenset({self._kept})

    def begin(self, count: int) -> None:
        """Forget everything: there is another f, of so many terms."""
        self._count, self._kept, self._pointed = count, None, None

    def pin(self, term: int) -> None:
        """Keep a term marked, or let it go."""
        self._kept = None if term == self._kept else term
        self._pointed = None
        self.changed.emit()

    def point_at(self, terms: frozenset[int] | None) -> None:
        """Look at terms while they are pointed at."""
        few = terms is not None and len(terms) < max(2, self._count)
        self._pointed = terms if few else None
        self.changed.emit()

    def one(self, computed: frozenset[int] | None = None) -> int | None:
        """Return the one term whose shares are shown; None where f has only one.

        Args:
            computed: The terms that are computed with just now, where none is looked at.
        """
        terms = computed if self.terms is None else self.terms
        if self._count < 2 or terms is None or len(terms) != 1:
            return None
        return next(iter(terms))
