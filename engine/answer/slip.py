"""Slips: what goes wrong when one term is differentiated, each as a rule that can be applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from engine.expression import Expression
from engine.polynomial import Exponents, Polynomial
from engine.writing.writer import name_unicode

SLIP_KINDS = (
    "coefficient not multiplied",
    "exponent not lowered",
    "wrong variable",
    "other variable as zero",
    "product rule half applied",
    "sign",
    "term forgotten",
    "constant kept",
    "inner derivative forgotten",
    "derivatives multiplied",
    "not differentiated",
    "integrated instead",
    "coefficient lost",
)
"""Every kind that a slip can be of."""

LIKELIEST_FIRST = (
    "product rule half applied",
    "inner derivative forgotten",
    "derivatives multiplied",
    "coefficient not multiplied",
    "constant kept",
    "exponent not lowered",
    "other variable as zero",
    "wrong variable",
    "not differentiated",
    "sign",
    "coefficient lost",
    "integrated instead",
    "term forgotten",
)
"""The same kinds, the most specific first: they are reported in this order."""

Terms = dict[Exponents, Fraction]
Term = tuple[Exponents, Fraction]

_LONGEST_SHOWN = 120
"""Characters of one formula in a sentence."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that went wrong.

    Attributes:
        kind: One of :data:`SLIP_KINDS`.
        sentence: What went wrong with this very answer, for the student.
    """

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked and what was answered, all over the same variables.

    Attributes:
        expression: f as typed.
        f: The same in canonical form.
        steps: What is differentiated by, one position in the variables for each step.
        derivative: The right one.
        answer: What the student gave; it is not the derivative.
    """

    expression: Expression
    f: Polynomial
    steps: tuple[int, ...]
    derivative: Polynomial
    answer: Polynomial

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of f and of every other polynomial here."""
        return self.f.variables

    def step_name(self, step: int) -> str:
        """Return the variable that a step differentiates by."""
        return self.variables[self.steps[step]]

    def differentiated(
        self, polynomial: Polynomial, start: int, stop: int | None = None
    ) -> Polynomial:
        """Return the polynomial after the steps from ``start`` to before ``stop``, done right."""
        names = [self.variables[index] for index in self.steps[start:stop]]
        return polynomial.partial(*names)

    def one_term(self, term: Term) -> Polynomial:
        """Return a polynomial of one term."""
        return Polynomial(self.variables, dict([term]))


@dataclass(frozen=True, slots=True)
class TermRule:
    """How one term is differentiated, rightly or wrongly.

    Attributes:
        kind: One of :data:`SLIP_KINDS`.
        what: What went wrong, as a clause.
        coefficient: The new coefficient, from the old one, the exponents and the position of
            the variable that is differentiated by.
        lowers: By how much the exponent of that variable becomes lower.
        by: Another variable that is differentiated by instead; its position.
        least: The lowest exponent at which a single term can have gone wrong in this way.
        only_constants: Whether all terms with a higher exponent are differentiated rightly.
    """

    kind: str
    what: str
    coefficient: Callable[[Fraction, Exponents, int], Fraction | int]
    lowers: int = 1
    by: int | None = None
    least: int = 1
    only_constants: bool = False

    def apply(self, term: Term, variable: int) -> Term:
        """Return what becomes of a term; a coefficient of 0 means that nothing is left."""
        exponents, coefficient = term
        at = variable if self.by is None else self.by
        if self.only_constants and exponents[at]:
            return RIGHT.apply(term, at)
        value = Fraction(self.coefficient(coefficient, exponents, at))
        return (moved(exponents, at, -self.lowers) if value else exponents), value

    def shift(self, variable: int) -> tuple[int, int]:
        """Return which exponent this changes, and by how much."""
        return (variable if self.by is None else self.by), -self.lowers

    def fits(self, term: Term, variable: int) -> bool:
        """Return whether a single term could have gone wrong in this way."""
        exponent = term[0][variable if self.by is None else self.by]
        return exponent == 0 if self.only_constants else exponent >= self.least


RIGHT = TermRule("", "", lambda c, e, i: c * e[i])
"""The power rule."""

_PLAIN = (
    TermRule(
        "coefficient not multiplied",
        "the coefficient was not multiplied by the exponent",
        lambda c, e, i: c if e[i] else 0,
        least=2,
    ),
    TermRule(
        "exponent not lowered",
        "the exponent was not lowered",
        lambda c, e, i: c * e[i],
        lowers=0,
    ),
    TermRule(
        "not differentiated",
        "nothing was differentiated",
        lambda c, _e, _i: c,
        lowers=0,
    ),
    TermRule(
        "constant kept",
        "the constant was kept, although its derivative is 0",
        lambda c, _e, _i: c,
        lowers=0,
        least=0,
        only_constants=True,
    ),
    TermRule(
        "integrated instead",
        "the exponent was raised and the term divided by it, as in an integration",
        lambda c, e, i: c / (e[i] + 1),
        lowers=-1,
    ),
    TermRule(
        "coefficient lost",
        "the coefficient was lost",
        lambda c, e, i: e[i] if c > 0 else -e[i],
    ),
)


def term_rules(question: Question, step: int) -> Iterator[TermRule]:
    """Yield what can go wrong with a term in one step; the variables that occur in f count."""
    yield from _PLAIN
    right = question.steps[step]
    others = [
        index
        for index, name in enumerate(question.variables)
        if index != right and question.f.degree_in(name)
    ]
    by = name_unicode(question.variables[right])
    for index in others:
        other = name_unicode(question.variables[index])
        yield TermRule(
            "wrong variable",
            f"the differentiation was by {other} instead of {by}",
            lambda c, e, i: c * e[i],
            by=index,
        )
    zeroed = [[index] for index in others] + ([others] if len(others) > 1 else [])
    yield from (_as_zero(question, group) for group in zeroed)


def _as_zero(question: Question, group: list[int]) -> TermRule:
    names = [name_unicode(question.variables[index]) for index in group]
    subject = f"{names[0]} was" if len(names) == 1 else f"{listed(names)} were"
    return TermRule(
        "other variable as zero",
        f"{subject} taken as 0 instead of as a constant",
        lambda c, e, i: 0 if any(e[index] for index in group) else c * e[i],
    )


def moved(exponents: Exponents, position: int, by: int) -> Exponents:
    """Return the exponents with one of them changed."""
    return (*exponents[:position], exponents[position] + by, *exponents[position + 1 :])


def listed(names: list[str]) -> str:
    """Return ``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def shown(polynomial: Polynomial) -> str:
    """Return a polynomial for a sentence; a long one is cut."""
    if len(polynomial) > _LONGEST_SHOWN // 3:
        return f"an expression of {len(polynomial)} terms"
    text = polynomial.to_unicode()
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def instead_of(wrong: Polynomial, right: Polynomial) -> str:
    """Return ``6a²b instead of 6ab``; what they share is cut, not what tells them apart."""
    one, other = shown(wrong), shown(right)
    if one == other:
        texts = wrong.to_unicode(), right.to_unicode()
        pairs = enumerate(zip(*texts, strict=False))
        shared = next((index for index, (a, b) in pairs if a != b), min(map(len, texts)))
        start = max(0, shared - _LONGEST_SHOWN // 3)
        one, other = (f"…{text[start : start + _LONGEST_SHOWN]}" for text in texts)
    return f"{one} instead of {other}"
