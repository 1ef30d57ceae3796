"""Slips in the terms of the expanded polynomial: in one of them, or in all alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.answer.slip import (
    RIGHT,
    Question,
    Slip,
    Term,
    TermRule,
    Terms,
    instead_of,
    listed,
    moved,
    shown,
    term_rules,
)
from engine.errors import LimitError
from engine.expression import Expression, Sum
from engine.language.expansion import expand
from engine.polynomial import Exponents, Polynomial
from engine.writing.writer import name_unicode

_MOST_PARTS = 200
"""Typed terms that are expanded one by one."""

_MOST_DIFFERING = 2
"""Terms in which the answer differs if one term went wrong: a wrong one instead of a right one."""


def term_slips(question: Question) -> Iterator[Slip]:
    """Yield the slips in terms that explain the answer exactly.

    Nothing is computed for a term that cannot be the one: from what differs between answer and
    derivative, each rule says which term it would have to come from.
    """
    search = _Search.of(question)
    for step in range(len(question.steps)):
        for rule in term_rules(question, step):
            yield from search.with_rule(rule, step, step + 1)
            if step == 0 and len(question.steps) > 1 and rule.kind != "other variable as zero":
                yield from search.with_rule(rule, 0, len(question.steps))


@dataclass(frozen=True, slots=True)
class _Search:
    """The terms to search.

    Attributes:
        question: The question.
        f: The terms of f.
        typed: The terms in which f was typed, where they differ from those of f.
        answer: The terms of the answer.
        derivative: The terms of the derivative.
        difference: Answer less derivative.
    """

    question: Question
    f: Terms
    typed: tuple[Term, ...]
    answer: Terms
    derivative: Terms
    difference: Terms

    @classmethod
    def of(cls, question: Question) -> _Search:
        f, difference = question.f.terms(), (question.answer - question.derivative).terms()
        typed = _typed_terms(question) if len(difference) <= _MOST_DIFFERING else ()
        return cls(
            question,
            f,
            tuple(term for term in typed if f.get(term[0]) != term[1]),
            question.answer.terms(),
            question.derivative.terms(),
            difference,
        )

    def with_rule(self, rule: TermRule, start: int, stop: int) -> Iterator[Slip]:
        """Yield a slip made in the steps from ``start`` to before ``stop``."""
        telling = _Telling(self.question, rule, start, stop)
        for term in self._suspects(rule, start, stop):
            if self._explains(telling, term):
                yield Slip(rule.kind, telling.of_one(term))
                break
        if self._all_alike(telling):
            sentence = telling.of_all(self.f.items())
            if sentence:
                yield Slip(rule.kind, sentence)

    def _suspects(self, rule: TermRule, start: int, stop: int) -> Iterator[Term]:
        """Yield the terms of f that alone can lead to the difference."""
        if len(self.difference) > _MOST_DIFFERING:
            return
        steps = self.question.steps
        wrong = [
            rule.shift(variable) if start <= step < stop else (variable, -1)
            for step, variable in enumerate(steps)
        ]
        right = [(variable, -1) for variable in steps]
        sources = dict.fromkeys(
            _moved_back(exponents, shifts)
            for exponents in self.difference
            for shifts in (wrong, right)
        )
        yield from ((source, self.f[source]) for source in sources if source in self.f)
        yield from (term for term in self.typed if term[0] in sources)

    def _explains(self, telling: _Telling, term: Term) -> bool:
        if not telling.rule.fits(telling.before(term), telling.variable):
            return False
        found: Terms = {}
        exponents, value = telling.carried(term)
        _add(found, (exponents, value))
        exponents, value = telling.carried_right(term)
        _add(found, (exponents, -value))
        return {key: value for key, value in found.items() if value} == self.difference

    def _all_alike(self, telling: _Telling) -> bool:
        """Return whether the answer is f with every term gone wrong alike."""
        if telling.rule.only_constants:  # the only rule that can make two terms alike
            return self._all_constants(telling)
        matched = 0
        for term in self.f.items():
            exponents, value = telling.carried(term)
            if value:
                if self.answer.get(exponents) != value:
                    return False
                matched += 1
        return matched == len(self.answer)

    def _all_constants(self, telling: _Telling) -> bool:
        question, rule, start, stop = self.question, telling.rule, telling.start, telling.stop
        if stop - start == 1:
            return self._difference_is_constants(telling)
        now = question.differentiated(question.f, 0, start)
        for step in range(start, stop):
            variable = question.steps[step]
            kept = {key: c for key, c in now.terms().items() if rule.fits((key, c), variable)}
            now = now.partial(question.variables[variable]) + Polynomial(question.variables, kept)
        return question.differentiated(now, stop) == question.answer

    def _difference_is_constants(self, telling: _Telling) -> bool:
        matched = 0
        for term in self.f.items():
            if telling.rule.fits(telling.before(term), telling.variable):
                exponents, value = telling.carried(term)
                if value and self.difference.get(exponents) != value:
                    return False
                matched += bool(value)
        return matched == len(self.difference)


@dataclass(frozen=True, slots=True)
class _Telling:
    """A rule applied in some of the steps, and the words for it."""

    question: Question
    rule: TermRule
    start: int
    stop: int

    @property
    def variable(self) -> int:
        """The variable that the first wrong step should differentiate by."""
        return self.question.steps[self.start]

    def before(self, term: Term, step: int | None = None) -> Term:
        """Return what a term of f has become before the first wrong step, or before another."""
        for variable in self.question.steps[: self.start if step is None else step]:
            term = RIGHT.apply(term, variable)
        return term

    def carried(self, term: Term) -> Term:
        """Return what becomes of a term of f in all steps."""
        for step, variable in enumerate(self.question.steps):
            if not term[1]:
                break
            rule = self.rule if self.start <= step < self.stop else RIGHT
            term = rule.apply(term, variable)
        return term

    def carried_right(self, term: Term) -> Term:
        """Return the derivative of a term of f."""
        for variable in self.question.steps:
            term = RIGHT.apply(term, variable)
        return term

    def of_one(self, term: Term) -> str:
        """Return what went wrong with one term."""
        what, steps = self.rule.what, self._changing(term)
        where, instead = self._example(term, steps[0])
        if len(self.question.steps) == 1:
            return f"In the derivative of {where} {what}: {instead}."
        head = self._head(steps)
        if len(steps) > 1:
            return f"{head}, from the derivative of {where} on, {what}: {instead}."
        return f"{head}, in the derivative of {where}, {what}: {instead}."

    def of_all(self, terms: Iterable[Term]) -> str:
        """Return what went wrong with all terms; ``""`` if nothing did."""
        changed = [(term, steps) for term in terms if (steps := self._changing(term))]
        if not changed:
            return ""
        steps = sorted({step for _, each in changed for step in each})
        example = next(term for term, each in changed if each[0] == steps[0])
        if len(self.question.f) == 1:
            return self.of_one(example)
        where, instead = self._example(example, steps[0])
        said = f"in every term {self.rule.what}"
        if self.rule.only_constants:
            said = "every constant was kept, although its derivative is 0"
        if len(self.question.steps) > 1:
            said = f"{self._head(steps)}, {said}"
        return f"{said[0].upper()}{said[1:]}, for example in the derivative of {where}: {instead}."

    def _changing(self, term: Term) -> list[int]:
        """Return the steps in which the rule gives another term than the right one does."""
        term, changing = self.before(term), []
        for step in range(self.start, self.stop):
            if not term[1]:
                break  # nothing is left that could go wrong
            variable = self.question.steps[step]
            wrong, right = self.rule.apply(term, variable), RIGHT.apply(term, variable)
            if wrong != right and (wrong[1] or right[1]):  # a 0 may have any exponents
                changing.append(step)
            term = wrong
        return changing

    def _head(self, steps: Sequence[int]) -> str:
        if len(steps) == len(self.question.steps):
            return "In every step"
        if len(steps) > 1:
            return f"In steps {listed([str(step + 1) for step in steps])}"
        return f"In step {steps[0] + 1}, by {name_unicode(self.question.step_name(steps[0]))}"

    def _example(self, term: Term, step: int) -> tuple[str, str]:
        """Return what was differentiated in a step, and which result stands instead of which."""
        before, variable = self.before(term, step), self.question.steps[step]
        wrong, right = (
            self.question.one_term(rule.apply(before, variable)) for rule in (self.rule, RIGHT)
        )
        return shown(self.question.one_term(before)), instead_of(wrong, right)


def _typed_terms(question: Question) -> Iterator[Term]:
    """Yield the terms of each summand as typed: like terms are not collected."""
    parts = question.expression.terms if isinstance(question.expression, Sum) else ()
    if len(parts) > _MOST_PARTS:
        return
    for part in parts:
        yield from _expanded(part, question.variables)


def _expanded(part: Expression, variables: tuple[str, ...]) -> Iterable[Term]:
    try:
        return expand(part, variables).terms().items()
    except LimitError:  # f was within the budget as a whole; what it was made of need not be
        return ()


def _moved_back(exponents: Exponents, shifts: Iterable[tuple[int, int]]) -> Exponents:
    for position, by in shifts:
        exponents = moved(exponents, position, -by)
    return exponents


def _add(terms: Terms, term: Term) -> None:
    terms[term[0]] = terms.get(term[0], 0) + term[1]
