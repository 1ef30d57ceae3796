"""A derivation as a tree of rows: what each says in LaTeX and in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.explanation.derivation import Derivation, RuleLine, derive
from engine.explanation.lock_step import LinePlace
from engine.explanation.rule_latex import rule_sides
from engine.expression import Expression
from engine.partial import Partial
from engine.polynomial import Polynomial
from engine.writing.writer import name_unicode, to_latex, to_unicode


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the tree.

    Attributes:
        place: Of the line in the derivation; None for a row that says what was reached.
        rule: What the student calls it.
        open_latex: Shown while the rows below are seen, or where there are none.
        folded_latex: Shown while they are folded away.
        text: The same for a screen reader.
        below: Rows about the derivatives that are still to be taken.
    """

    place: LinePlace | None
    rule: str
    open_latex: str
    folded_latex: str
    text: str
    below: tuple[Row, ...] = ()

    def walk(self) -> Iterator[Row]:
        """Yield this row and all below it."""
        yield self
        for row in self.below:
            yield from row.walk()


@dataclass(frozen=True, slots=True)
class ExplainedRules:
    """A derivation, and the rows that show it."""

    derivation: Derivation
    rows: tuple[Row, ...]


def explained_rules(
    expression: Expression, polynomial: Polynomial, partial: Partial
) -> ExplainedRules:
    """Return the derivation of a derivative with its rows.

    Raises:
        EngineError: As :func:`engine.explanation.derivation.derive` says.
    """
    derivation = derive(expression, polynomial, partial)
    return ExplainedRules(derivation, rows_of(derivation))


def rows_of(derivation: Derivation) -> tuple[Row, ...]:
    """Return the top rows: for each differentiation its tree, then what it comes to."""
    rows: list[Row] = []
    variables = derivation.result.variables
    for step, root in enumerate(derivation.steps):
        rows.append(_row(root, step, [0], variables))
        reached = Partial(derivation.partial.names[: step + 1])
        last = step == len(derivation.steps) - 1
        collected = last and not derivation.is_simplified
        end = f" = {derivation.result.to_latex()}" if collected else ""
        name = reached.to_latex()
        if len(variables) < 2:
            name = name.replace(r"\partial", "d")
        latex = f"{name} = {to_latex(root.after)}{end}"
        plain = f"{reached} = {to_unicode(root.after)}"
        plain += f" = {derivation.result.to_unicode()}" if collected else ""
        rows.append(Row(None, "collected" if collected else "", latex, latex, plain))
    return tuple(rows)


def _row(line: RuleLine, step: int, count: list[int], variables: tuple[str, ...]) -> Row:
    place = (step, count[0])
    count[0] += 1
    asked, applied, after = rule_sides(line, variables)
    below = tuple(_row(part, step, count, variables) for part in line.parts)
    return Row(
        place,
        line.rule,
        f"{asked} = {applied}",
        f"{asked} = {after}",
        _plain(line),
        below,
    )


def _plain(line: RuleLine) -> str:
    asked = f"∂/∂{name_unicode(line.variable)}({to_unicode(line.before)})"
    return f"{asked} = {to_unicode(line.after)}"
