"""Derivations as LaTeX: a line for each rule, ready to be put into a document."""

from __future__ import annotations

from collections.abc import Sequence

from engine.explanation.derivation import Derivation, RuleLine, written_lines
from engine.explanation.rule_latex import LONGEST_WHOLE, derivative_of, rule_sides
from engine.partial import Partial
from engine.writing.writer import to_latex


def derivation_latex(derivation: Derivation) -> str:
    """Return the derivation as LaTeX source: an ``align*`` for each differentiation."""
    variables = derivation.result.variables
    blocks = []
    for number, step in enumerate(derivation.steps):
        short = sum(1 for _ in step.walk()) <= LONGEST_WHOLE
        lines = _whole_lines(step, variables) if short else _rule_lines(step, variables)
        if number == len(derivation.steps) - 1 and not derivation.is_simplified:
            start = "" if short else f"{derivation.partial.to_latex()} "
            lines.append(rf"  {start}&= {derivation.result.to_latex()} && \text{{collected}}")
        reached = Partial(derivation.partial.names[: number + 1])
        comment = f"% {reached} of f = {to_latex(derivation.expression)}"
        body = " \\\\\n".join(lines)
        blocks.append(f"{comment}\n\\begin{{align*}}\n{body}\n\\end{{align*}}\n")
    return "\n".join(blocks)


def _whole_lines(step: RuleLine, variables: Sequence[str]) -> list[str]:
    lines = []
    for line in written_lines(step):
        names = {
            name: derivative_of(part.before, part.variable, variables)
            for name, part in line.pending.items()
        }
        whole = to_latex(line.whole, names)
        if line.rule is None:
            lines.append(f"  {whole}")
        elif len(lines) == 1 and "&" not in lines[0]:
            lines[0] += rf" &= {whole} && \text{{{line.rule} rule}}"
        else:
            lines.append(rf"  &= {whole} && \text{{{line.rule} rule}}")
    return lines


def _rule_lines(step: RuleLine, variables: Sequence[str]) -> list[str]:
    lines = []
    for line in step.walk():
        asked, applied, after = rule_sides(line, variables)
        end = "" if applied == after else f" = {after}"
        lines.append(rf"  {asked} &= {applied}{end} && \text{{{line.rule} rule}}")
    return lines
