"""Check a student's derivative: is it exactly right, and if not, which slip explains it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from engine.answer.comparison_slips import several_slips, single_slips
from engine.answer.slip import LIKELIEST_FIRST, SLIP_KINDS, Question, Slip, listed
from engine.answer.term_slips import term_slips
from engine.answer.tree_slips import tree_slips
from engine.answer.witness import separating_point
from engine.expression import Expression
from engine.partial import Partial
from engine.point import Point, rounded_text, write_number
from engine.polynomial import Polynomial
from engine.writing.writer import name_unicode

__all__ = ["SLIP_KINDS", "AnswerCheck", "Slip", "check_answer"]

_MOST_WORK = 3_000
"""Terms of f, or of the answer, times the order: up to here slips are looked for."""

_MOST_TOLD = 3
"""Slips that the sentence names."""

_LONGEST_BITS = 64
"""Bits of a number that is written exactly."""


@dataclass(frozen=True, slots=True)
class AnswerCheck:
    """What a check found.

    Attributes:
        correct: Whether the answer equals the derivative, however it is arranged.
        slips: The slips of which each alone explains the answer exactly, the likeliest first,
            one of each kind; empty if the answer is correct or no slip was recognised.
        witness: Small whole numbers at which answer and derivative differ; None if correct.
        given: The answer's value there.
        expected: The derivative's value there.
        foreign: Variables of the answer that f does not have.
    """

    correct: bool
    slips: tuple[Slip, ...]
    witness: Point | None
    given: Fraction | None
    expected: Fraction | None
    foreign: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was found, for the student: the likeliest slips, and where the values differ."""
        if self.correct:
            return "Right: your answer equals the derivative exactly."
        foreign = (
            f"Your answer contains {listed([name_unicode(n) for n in self.foreign])}, "
            "which f does not have. "
            if self.foreign
            else ""
        )
        found = " Or: ".join(slip.sentence for slip in self.slips[:_MOST_TOLD])
        values = self._values
        if found:
            return f"{found} {values[0].upper()}{values[1:]}"
        return f"{foreign}Not right, but no slip is recognised: {values}"

    @property
    def _values(self) -> str:
        if self.witness is None or self.given is None or self.expected is None:
            return ""
        place = ", ".join(f"{name_unicode(n)} = {_number(v)}" for n, v in self.witness.items())
        given, expected = _number(self.given), _number(self.expected)
        apart = (
            f"; they differ by {_number(abs(self.given - self.expected))}"
            if given == expected  # both rounded
            else ""
        )
        values = f"your answer is {given} and the derivative is {expected}{apart}."
        return f"at {place} {values}" if place else values


def check_answer(
    expression: Expression, polynomial: Polynomial, partial: Partial, answer: Polynomial
) -> AnswerCheck:
    """Check an answer against the derivative.

    Args:
        expression: f as typed.
        polynomial: The same in canonical form.
        partial: Which derivative was asked for.
        answer: What the student gave.

    Returns:
        The verdict. Where f or the answer is very long, or f's tree is, slips are not looked
        for, or only in the terms; the verdict and the witness are exact all the same.

    Raises:
        PartialError: f has no such variable.
    """
    foreign = tuple(
        name
        for name in answer.variables
        if name not in polynomial.variables and answer.degree_in(name)
    )
    names = polynomial.variables + foreign
    derivative = _over(names, polynomial.partial(*partial.names))
    given = _over(names, answer)
    if given == derivative:
        return AnswerCheck(True, (), None, None, None)
    witness = separating_point(given - derivative)
    slips: tuple[Slip, ...] = ()
    work = max(len(polynomial), len(answer)) * max(1, partial.order)
    if not foreign and work <= _MOST_WORK:
        steps = tuple(map(names.index, partial.names))
        slips = _slips(Question(expression, polynomial, steps, derivative, given))
    return AnswerCheck(
        False, slips, witness, given.value(witness), derivative.value(witness), foreign
    )


def _over(names: tuple[str, ...], polynomial: Polynomial) -> Polynomial:
    return polynomial if polynomial.variables == names else polynomial.with_variables(names)


def _slips(question: Question) -> tuple[Slip, ...]:
    """Return one slip of each kind that explains the answer, the likeliest kind first."""
    found: dict[str, Slip] = {}
    searches = (term_slips, single_slips, tree_slips, several_slips)
    for slip in chain.from_iterable(search(question) for search in searches):
        found.setdefault(slip.kind, slip)
    return tuple(found[kind] for kind in LIKELIEST_FIRST if kind in found)


def _number(value: Fraction) -> str:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _LONGEST_BITS:
        return f"about {rounded_text(value, 4)}"
    return write_number(value).replace("-", "−")
