"""The table that extrapolates quotients to a step of 0: its entries, the best, what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np

from engine.evaluation.arrays import Booleans, Floats, Indices, Numbers
from engine.exact import nearest_float

Entry = tuple[int, int]
"""Row and column of the table."""

SAFETY = 4
"""Factor on the differences within the table: without it 1 in 2,000 random cases was too small."""

_LARGEST = np.finfo(np.float64).max


@dataclass(frozen=True, slots=True, eq=False)
class BestEntries:
    """The entry with the smallest estimate of its error, for each step.

    Attributes:
        values: In the number type of the evaluation; shape ``(n,)``.
        estimates: Of the error; see :func:`best_entries`; float64, shape ``(n,)``.
        picks: Which of :func:`candidates` it is; shape ``(n,)``.
    """

    values: Numbers
    estimates: Floats
    picks: Indices


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Where the entries of the table are, whose columns stand below each other in one array.

    Attributes:
        columns: The rows of each column; the first holds the quotients.
        candidates: Row and column of the entries that can be the best.
        places: The row of the array in which each of these is; shape ``(candidates,)``.
        behind: Of the last three entries that each was made of, newest first;
            shape ``(3, candidates)``.
    """

    columns: tuple[slice, ...]
    candidates: tuple[Entry, ...]
    places: Indices
    behind: Indices


@lru_cache(maxsize=8)
def _rows(levels: int) -> _Rows:
    lengths = range(levels, 1, -1)
    starts = list(accumulate(lengths, initial=0))
    chosen = [(j, k) for k in range(1, levels - 1) for j in range(1, levels - k)]
    return _Rows(
        tuple(slice(start, start + length) for start, length in zip(starts, lengths, strict=False)),
        tuple((j + k, k) for j, k in chosen),
        np.array([starts[k] + j for j, k in chosen]),
        np.array([[starts[k - 1] + j + back for j, k in chosen] for back in (1, 0, -1)]),
    )


def candidates(levels: int) -> tuple[Entry, ...]:
    """Return the entries that can be the best: those with three entries behind each.

    Two entries can agree by chance and both be wrong.
    """
    return _rows(levels).candidates


def _table(values: Numbers, power: int, rise: np.ufunc = np.subtract) -> Numbers:
    """Return the columns of the table below each other, of which the first is ``values``.

    Column k combines two entries of column k-1 so that the error term ``h**(power*k)`` cancels:
    ``T[j][k] = T[j][k-1] + (T[j][k-1] - T[j-1][k-1]) / (2**(power*k) - 1)``.

    Args:
        values: Of the quotients with h, h/2, ...; shape ``(levels, n)``, also of fractions.
        power: The error of a quotient has the powers of h that are multiples of this.
        rise: ``np.add`` where it is their errors that are combined.
    """
    columns = _rows(len(values)).columns
    table = np.empty((columns[-1].stop, values.shape[1]), values.dtype)
    table[columns[0]] = values
    for k, (before, column) in enumerate(pairwise(columns), 1):
        later, made = table[before][1:], table[column]
        rise(later, table[before][:-1], out=made)
        np.divide(made, 2 ** (power * k) - 1, out=made)
        np.add(later, made, out=made)
    return table


def best_entries(values: Numbers, roundings: Numbers, power: int) -> BestEntries:
    """Return the best entry of the table of each step.

    The estimate is :data:`SAFETY` times the largest difference to the last three entries that an
    entry was made of, plus a bound on all rounding. Among equal ones the first counts. An entry is
    passed over, as long as another is left, where these three do not converge: where the step
    from the second to the last of them is larger than that from the first to the second, and than
    rounding.

    The first part of the estimate is at least the error where the error of the last of the three,
    rounding included, is less than 3/5 of that of the first. Otherwise all three would be within a
    quarter of the error E of the entry, so between 3/4 E and 5/4 E.

    Args:
        values: Of the quotients with h, h/2, ...; shape ``(levels, n)``, also of fractions.
        roundings: What rounding can have cost each of them; float64, shape ``(levels, n)``.
        power: The error of a quotient has the powers of h that are multiples of this.
    """
    rows, table = _rows(len(values)), _table(values, power)
    bounds = _table(roundings, power, np.add)
    made, distances = table.take(rows.places, axis=0), table.take(rows.behind, axis=0)
    rising = _rising(distances, bounds.take(rows.behind[:2], axis=0))
    np.subtract(made, distances, out=distances)
    np.abs(distances, out=distances)
    spread = distances[0]
    for distance in distances[1:]:
        # Not np.maximum: an older entry that is no number says nothing against the newer.
        np.copyto(spread, distance, where=distance > spread)
    totals = _as_floats(SAFETY * spread)
    totals += bounds.take(rows.places, axis=0)
    picks = _first_smallest(totals, rising)
    each = np.arange(picks.size)
    return BestEntries(made[picks, each], totals[picks, each], picks)


def _rising(behind: Numbers, bounds: Floats) -> Booleans:
    """Return where the newest of three entries is farther from the second than that from the last.

    Args:
        behind: The entries, newest first; shape ``(3, candidates, n)``.
        bounds: What rounding can have cost the first two of them; shape ``(2, candidates, n)``.
    """
    newest, older = np.abs(behind[:-1] - behind[1:])
    found: Booleans = (newest > older) & (newest > bounds[0] + bounds[1])
    return found


def _first_smallest(totals: Floats, last: Booleans) -> Indices:
    """Return the row of the first smallest number in each column; nan only if all are nan.

    Those that are marked ``last`` count where no other is a number.
    """
    ranks = np.minimum(totals, _LARGEST)
    ranks[np.isnan(ranks)] = np.inf
    others = np.where(last, np.inf, ranks)
    picks: Indices = others.argmin(axis=0)
    left = others[picks, np.arange(picks.size)] == np.inf
    if left.any():
        picks[left] = ranks[:, left].argmin(axis=0)
    return picks


def _as_floats(values: Numbers) -> Floats:
    """Return the nearest float64 of each; infinite beyond the largest."""
    if values.dtype == object:
        return np.array([[nearest_float(x) for x in row] for row in values])
    return values.astype(np.float64, copy=False)


@lru_cache(maxsize=256)
def shares(entry: Entry, levels: int, power: int) -> tuple[Fraction, ...]:
    """Return how much of each quotient an entry is made of; they add up to 1.

    ``T[j][k]`` is ``(2**(power*k) T[j][k-1] - T[j-1][k-1]) / (2**(power*k) - 1)``.
    """
    row, column = entry
    if not column:
        return tuple(Fraction(level == row) for level in range(levels))
    factor = Fraction(2 ** (power * column))
    later, earlier = (shares((j, column - 1), levels, power) for j in (row, row - 1))
    return tuple(
        (factor * one - other) / (factor - 1) for one, other in zip(later, earlier, strict=True)
    )


def candidate_bounds(
    values: Numbers, bounds: Numbers, power: int, unit_roundoff: float, smallest: float
) -> Floats:
    """Return what rounding costs each of :func:`candidates` at most; shape ``(candidates, n)``.

    The rounding of an entry's own three operations is added to the bounds of the two entries
    that it is made of: at most ``2u`` of the rise over the divisor for the difference and the
    division, and ``u`` of the result for the sum; where one underflows, the smallest number.

    Args:
        values: Of the quotients, in the number type of the evaluation; shape ``(levels, n)``.
        bounds: What rounding costs each of them; float64, the same shape.
        power: As for :func:`best_entries`.
        unit_roundoff: u.
        smallest: The smallest number of the type.
    """
    u, found = 1.01 * unit_roundoff, []
    table = _table(values, power)
    for k, (before, column) in enumerate(pairwise(_rows(len(values)).columns), 1):
        factor, made = 2 ** (power * k) - 1, table[column]
        rises = np.abs((table[before][1:] - table[before][:-1]).astype(np.float64))
        later, earlier = bounds[1:], bounds[:-1]
        bounds = (
            later
            + (later + earlier + 2 * u * rises) / factor
            + u * np.abs(made.astype(np.float64))
            + 3 * smallest
        )
        found.append(bounds[1:])
    return np.concatenate(found)
