"""Slips that show where answer and derivative are compared: wrong signs and missing terms."""

from __future__ import annotations

from collections.abc import Iterator

from engine.answer.slip import Question, Slip, Term, instead_of, shown

_MOST_NAMED = 3
"""Terms that one sentence names."""


def single_slips(question: Question) -> Iterator[Slip]:
    """Yield the slip if one sign, or every sign, is wrong, or one term is missing."""
    flipped, missing = _flipped(question), _missing(question)
    if len(flipped) == 1:
        right, given = question.one_term(flipped[0]), -question.one_term(flipped[0])
        yield Slip("sign", f"One sign is wrong: {instead_of(given, right)}.")
    elif flipped and len(flipped) == len(question.derivative):
        yield Slip("sign", "Every sign is the wrong way round: this is −1 times the derivative.")
    if len(missing) == 1:
        yield Slip("term forgotten", f"The term {_named(question, missing)} is missing.")


def several_slips(question: Question) -> Iterator[Slip]:
    """Yield the slip if several signs are wrong, or several terms are missing, and nothing else."""
    flipped, missing = _flipped(question), _missing(question)
    if 1 < len(flipped) < len(question.derivative):
        yield Slip("sign", f"The sign is wrong in these terms: {_named(question, flipped)}.")
    if len(missing) > 1 and question.answer:  # that all terms were forgotten explains no 0
        yield Slip("term forgotten", f"These terms are missing: {_named(question, missing)}.")


def _flipped(question: Question) -> list[Term]:
    """Return the terms of the derivative with a wrong sign; none if there is more to it."""
    if len(question.answer) != len(question.derivative):
        return []
    answer, derivative = question.answer.terms(), question.derivative.terms()
    wrong = [(key, value) for key, value in derivative.items() if answer.get(key) != value]
    return wrong if all(answer.get(key) == -value for key, value in wrong) else []


def _missing(question: Question) -> list[Term]:
    """Return the terms of the derivative that the answer lacks; none if there is more to it."""
    if len(question.answer) >= len(question.derivative):
        return []
    answer, derivative = question.answer.terms(), question.derivative.terms()
    if any(derivative.get(key) != value for key, value in answer.items()):
        return []
    return [term for term in derivative.items() if term[0] not in answer]


def _named(question: Question, terms: list[Term]) -> str:
    named = ", ".join(shown(question.one_term(term)) for term in terms[:_MOST_NAMED])
    more = len(terms) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named
