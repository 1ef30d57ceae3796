"""Slips in the terms of the expanded polynomial: in one of them, or in all alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.errors import LimitError
from engine.expression import Expression, Sum
from engine.language.expansion import expand
from engine.language.writer import name_unicode
from engine.polynomial import Exponents, Polynomial
from engine.slips.slip import RIGHT, Question, Slip, Term, TermRule, Terms, moved, shown, term_rules

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
        typed: The terms in which f was typed, where they are others than those of f.
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
            example = telling.example(self.f.items())
            if example is not None:
                yield Slip(rule.kind, telling.of_all(example))

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

    def before(self, term: Term) -> Term:
        """Return what a term of f has become before the first wrong step."""
        for variable in self.question.steps[: self.start]:
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

    def example(self, terms: Iterable[Term]) -> Term | None:
        """Return a term of f that goes wrong in this way."""
        for term in terms:
            before = self.before(term)
            if before[1] and self.rule.apply(before, self.variable) != RIGHT.apply(
                before, self.variable
            ):
                return term
        return None

    def of_one(self, term: Term) -> str:
        """Return what went wrong with one term."""
        what, where, instead = self.rule.what, self._where(term), self._instead(term)
        if self._is_everywhere:
            return f"In every step, from the derivative of {where} on, {what}: {instead}."
        if len(self.question.steps) == 1:
            return f"In the derivative of {where} {what}: {instead}."
        return f"{self._step}, in the derivative of {where}, {what}: {instead}."

    def of_all(self, example: Term) -> str:
        """Return what went wrong with all terms."""
        if len(self.question.f) == 1:
            return self.of_one(example)
        head = f"in every term {self.rule.what}"
        if self.rule.only_constants:
            head = "every constant was kept, although its derivative is 0"
        if self._is_everywhere:
            head = f"In every step, {head}"
        elif len(self.question.steps) > 1:
            head = f"{self._step}, {head}"
        where, instead = self._where(example), self._instead(example)
        return f"{head[0].upper()}{head[1:]}, for example in the derivative of {where}: {instead}."

    @property
    def _is_everywhere(self) -> bool:
        return self.stop - self.start > 1

    @property
    def _step(self) -> str:
        return f"In step {self.start + 1}, by {name_unicode(self.question.step_name(self.start))}"

    def _where(self, term: Term) -> str:
        return shown(self.question.one_term(self.before(term)))

    def _instead(self, term: Term) -> str:
        before = self.before(term)
        wrong, right = (rule.apply(before, self.variable) for rule in (self.rule, RIGHT))
        of_wrong, of_right = (shown(self.question.one_term(each)) for each in (wrong, right))
        return f"{of_wrong} instead of {of_right}"


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
