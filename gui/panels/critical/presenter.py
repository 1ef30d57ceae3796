"""What the panel shows of the critical points, and how the point of the worksheet goes there."""

from __future__ import annotations

import math
from fractions import Fraction

from PySide6.QtCore import QObject

from engine.critical.algebraic_number import RealNumber
from engine.critical.critical_points import CriticalPoint, CriticalPoints
from engine.exact import nearest_float
from engine.point import rounded_text, write_number
from engine.writing.writer import name_unicode
from gui.look.number_format import wrapped_tip
from gui.panel.when_seen import WhenSeen
from gui.panels.critical.view import CriticalRow, CriticalView
from gui.session.critical_source import CriticalSource
from gui.session.shown_critical import CURVE_SIGN, KINDS, number_shown
from gui.session.worksheet_store import WorksheetStore

_CURVES = {
    "minimum": "curve of minima",
    "maximum": "curve of maxima",
    "saddle": "curve of saddles",
    "inconclusive": "curve",
}


class CriticalPresenter(QObject):
    """Keeps the table in step with what was found."""

    def __init__(self, view: CriticalView, store: WorksheetStore, source: CriticalSource) -> None:
        super().__init__(view)
        self._view, self._store, self._source = view, store, source
        self._when_seen = WhenSeen(view, self._refresh)
        source.changed.connect(self._when_seen.outdate)
        view.go_requested.connect(self._go)

    def exported(self) -> CriticalPoints | None:
        """Return what was found, for a file; None while it is being looked for."""
        return self._source.found

    def _refresh(self) -> None:
        found = self._source.found
        if found is None:
            self._view.show_nothing(self._source.remark or "Looking for the critical points…")
            return
        names = [name_unicode(name) for name in found.polynomial.variables]
        rows = [_point_row(number, point) for number, point in enumerate(found.points)]
        rows += [
            CriticalRow(
                (f"{CURVE_SIGN} {_CURVES[curve.verdict]}", curve.text, "", "", curve.reason),
                (),
                "curve",
                None,
            )
            for curve in found.curves
        ]
        if not rows:
            self._view.show_nothing("f has no critical point: its gradient is nowhere 0.")
            return
        self._view.show_rows(_how_many(found), ["Kind", *names, "f", "Why"], rows)

    def _go(self, number: int) -> None:
        found = self._source.found
        # Stale: the number is that of a row of other points, which is about to go.
        if self._when_seen.stale or found is None or number >= len(found.points):
            return
        point = found.points[number]
        there = {
            name: _typed(coordinate)
            for name, coordinate in zip(found.polynomial.variables, point.coordinates, strict=True)
        }
        self._store.edit(
            "go to the critical point",
            coordinates=self._store.worksheet.coordinates_with(there),
        )


def _point_row(number: int, point: CriticalPoint) -> CriticalRow:
    sign, _ = KINDS[point.verdict]
    shown = [_cell(one) for one in (*point.coordinates, point.value)]
    tips = tuple(_tip(one) for one in (*point.coordinates, point.value))
    cells = (f"{sign} {point.verdict}", *shown, point.reason)
    return CriticalRow(cells, ("", *tips, point.reason), point.verdict, number)


def _cell(number: RealNumber) -> str:
    shown = number_shown(number)
    return number.text if shown.text == number.text else shown.alone


def _tip(number: RealNumber) -> str:
    """Return what else is known of a number whose text is only its first digits."""
    if number_shown(number).text != number.text:
        return wrapped_tip(number.text)
    if not number.root_of:
        return _typed(number) if number.exact is None else ""
    low, high = (_float_text(end, nearest_float(end)) for end in (number.low, number.high))
    return f"The root of {number.root_of} between {low} and {high}"


def _typed(number: RealNumber) -> str:
    """Return a coordinate as it would be typed: exact where that can be, else the nearest float."""
    if number.exact is not None:
        return write_number(number.exact)
    return _float_text((number.low + number.high) / 2, number.approximate)


def _float_text(value: Fraction, nearest: float) -> str:
    """Return the nearest float, or as many digits where it is too large or too small for one."""
    return repr(nearest) if nearest and math.isfinite(nearest) else rounded_text(value, 17)


def _how_many(found: CriticalPoints) -> str:
    parts = []
    if found.points:
        count = len(found.points)
        parts.append(f"{count} critical point{'s' if count > 1 else ''}")
    if found.curves:
        count = len(found.curves)
        parts.append(f"{count} curve{'s' if count > 1 else ''} of critical points")
    return " and ".join(parts) + ": here the gradient is 0, and nowhere else"
