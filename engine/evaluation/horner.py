"""A plan to evaluate f and its partials at once: Horner's rule for several variables.

A part of f is split as ``x**g * q + r``, where x stands in most of its terms and g is its least
power there; q and r are split in turn. The product rule gives the partials of the part from those
of q and r, so that f and its partials share what they have in common.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from engine.polynomial import Exponents

Terms = dict[Exponents, float]


@dataclass(frozen=True, slots=True)
class Variable:
    """A coordinate of the point, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that is the same at every point."""

    number: float


@dataclass(frozen=True, slots=True)
class Multiply:
    """The product of two earlier steps."""

    left: int
    right: int


@dataclass(frozen=True, slots=True)
class MultiplyAdd:
    """The product of two earlier steps and a third one added."""

    left: int
    right: int
    added: int


Step = Variable | Constant | Multiply | MultiplyAdd


@dataclass(slots=True)
class _Part:
    """A part of f as it was split; ``inside`` and ``outside`` are the numbers of q and r."""

    constant: float | None = None
    variable: int = 0
    power: int = 0
    inside: int = -1
    outside: int = -1


@dataclass(slots=True)
class HornerPlan:
    """The steps to f and its partials, each taken once.

    Each term is rounded at most ``2 * (degree + number of terms + 2)`` times on its way into a
    result: x**g costs ``g - 1`` roundings, a product that is added up to two, and a summand one
    for each of the two sums that a partial takes.

    Attributes:
        variables: Number of coordinates of a point.
        steps: Each refers to earlier ones by their position.
        results: Position of the step that is f, then of each partial; None where it is 0.

    Source: M. Ceberio and V. Kreinovich, *Greedy algorithms for optimizing multivariate Horner
    schemes*, SIGSAM Bulletin 38 (2004).
    """

    variables: int
    steps: list[Step] = field(default_factory=list)
    results: tuple[int | None, ...] = ()
    _known: dict[Step, int] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Terms, variables: int, gradient: bool) -> HornerPlan:
        """Plan f, and its partials if ``gradient`` is True."""
        plan = cls(variables)
        by = range(variables if gradient else 0)
        derived: dict[int, tuple[int | None, ...]] = {-1: (None,) * (1 + len(by))}
        parts = _split_up(terms)
        # What a part is made of stands behind it.
        for number in reversed(range(len(parts))):
            part = parts[number]
            if part.inside < 0:
                constant = None if part.constant is None else plan._take(Constant(part.constant))
                derived[number] = (constant, *derived[-1][1:])
            else:
                derived[number] = plan._join(
                    part, derived.pop(part.inside), derived.get(part.outside, derived[-1])
                )
        plan.results = derived[0]
        return plan

    def _join(
        self, part: _Part, q: tuple[int | None, ...], r: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        """Plan ``x**g * q + r`` and its partials from q and r with theirs."""
        factor = self._power(part.variable, part.power)
        value, *partials = q
        assert value is not None
        results: list[int | None] = [self._multiply_add(factor, value, r[0])]
        for v, (inner, outer) in enumerate(zip(partials, r[1:], strict=True)):
            added = outer
            if v == part.variable:
                added = self._multiply_add(self._slope(v, part.power), value, outer)
            results.append(added if inner is None else self._multiply_add(factor, inner, added))
        return tuple(results)

    def _power(self, variable: int, power: int) -> int:
        """Return the position of a power, the product of its halves."""
        if power == 1:
            return self._take(Variable(variable))
        half = self._power(variable, power // 2)
        return self._take(Multiply(half, self._power(variable, power - power // 2)))

    def _slope(self, variable: int, power: int) -> int:
        """Return the position of the derivative of a power."""
        factor = self._take(Constant(float(power)))
        if power == 1:
            return factor
        return self._take(Multiply(factor, self._power(variable, power - 1)))

    def _multiply_add(self, left: int, right: int, added: int | None) -> int:
        if added is None:
            return self._take(Multiply(left, right))
        return self._take(MultiplyAdd(left, right, added))

    def _take(self, step: Step) -> int:
        """Return the position of a step, which is taken once."""
        if step not in self._known:
            self._known[step] = len(self.steps)
            self.steps.append(step)
        return self._known[step]


def _split_up(terms: Terms) -> list[_Part]:
    """Split f down to its coefficients; a part stands before what it is split into."""
    parts: list[_Part] = []
    waiting: list[tuple[Terms, _Part | None, bool]] = [(terms, None, True)]
    while waiting:
        some, parent, is_inside = waiting.pop()
        if parent is not None and is_inside:
            parent.inside = len(parts)
        elif parent is not None:
            parent.outside = len(parts)
        part = _Part()
        parts.append(part)
        counts = Counter(v for key in some for v, power in enumerate(key) if power)
        if not counts:
            part.constant = next(iter(some.values()), None)
            continue
        part.variable = x = max(counts, key=lambda v: (counts[v], -v))
        part.power = min(key[x] for key in some if key[x])
        inside: Terms = {}
        outside: Terms = {}
        for key, coefficient in some.items():
            if key[x]:
                inside[*key[:x], key[x] - part.power, *key[x + 1 :]] = coefficient
            else:
                outside[key] = coefficient
        if outside:
            waiting.append((outside, part, False))
        waiting.append((inside, part, True))
    return parts
