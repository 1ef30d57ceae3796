"""Machine code for a Horner plan: the only file that imports llvmlite.

The code evaluates some points at once, a lane of the vectors each, without a branch between its
steps. Points and gradients are rows in memory and columns in the vectors.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from threading import Lock

from llvmlite import binding

from engine.evaluation.arrays import Floats
from engine.evaluation.horner import Constant, HornerPlan, Multiply, MultiplyAdd, Step, Variable

_compiling = Lock()
"""LLVM's global context belongs to one thread at a time."""


class MachineCode:
    """f, and its partials if the plan has them, at many points.

    Args:
        plan: What is evaluated.

    Attributes:
        lanes: Points per block.
    """

    def __init__(self, plan: HornerPlan) -> None:
        with _compiling:
            binding.initialize_native_target()
            binding.initialize_native_asmprinter()
            features = binding.get_host_cpu_features()
            # Two vectors of each step: one is worked on while the other waits for its numbers.
            self.lanes, bits = (16, 512) if features.get("avx512f") else (8, 256)
            machine = binding.Target.from_default_triple().create_target_machine(
                cpu=binding.get_host_cpu_name(), features=features.flatten(), opt=3
            )
            # Without optimization passes: they find nothing to do in code without branches.
            module = binding.parse_assembly("\n".join(_assembly(plan, self.lanes, bits)))
            # Kept, for the code is freed with it.
            self._engine = binding.create_mcjit_compiler(module, machine)
            self._engine.finalize_object()
        pointers = [ctypes.c_void_p] * 3
        prototype = ctypes.CFUNCTYPE(ctypes.c_int, *pointers, ctypes.c_int64)
        self._call = prototype(self._engine.get_function_address("kernel"))

    def run(self, points: Floats, values: Floats, gradient: Floats | None) -> bool:
        """Store the results of the plan; other threads go on meanwhile.

        Args:
            points: Shape ``(N, n)``, in one piece of memory, as all arrays; N is a multiple of
                :attr:`lanes` and not 0.
            values: Shape ``(N,)``.
            gradient: Shape ``(N, n)``; None where the plan has no partials.

        Returns:
            Whether every result is finite.
        """
        count = len(points)
        assert count
        assert count % self.lanes == 0
        assert values.shape == (count,)
        assert gradient is None or gradient.shape == points.shape
        assert all(a.flags.c_contiguous for a in (points, values, gradient) if a is not None)
        slopes = None if gradient is None else gradient.ctypes.data
        return not self._call(points.ctypes.data, values.ctypes.data, slopes, count // self.lanes)


def _assembly(plan: HornerPlan, lanes: int, bits: int) -> Iterator[str]:
    """Yield the lines of the function ``kernel(points, values, gradient, blocks)``.

    A block is as many points as there are lanes. The function returns whether a result is not
    finite: ``0 * result`` is added up, which is then nan.
    """
    n, vector, fma = plan.variables, f"<{lanes} x double>", f"@llvm.fmuladd.v{lanes}f64"
    names = {i: _name(i, step) for i, step in enumerate(plan.steps)}
    results = ["zeroinitializer" if i is None else names[i] for i in plan.results]
    yield f"declare {vector} {fma}({vector}, {vector}, {vector})"
    yield "define i32 @kernel(ptr noalias %points, ptr noalias %values, ptr noalias %gradient,"
    yield f'i64 %blocks) "prefer-vector-width"="{bits}" {{'
    yield "start:"
    yield "br label %block"
    yield "block:"
    yield "%i = phi i64 [0, %start], [%next, %block]"
    yield f"%lost = phi {vector} [zeroinitializer, %start], [%lost{len(results) - 1}, %block]"
    yield f"%first = mul i64 %i, {lanes}"
    yield f"%entry = mul i64 %first, {n}"
    for k in range(n):
        yield f"%entry{k} = add i64 %entry, {k * lanes}"
        yield f"%from{k} = getelementptr double, ptr %points, i64 %entry{k}"
        yield f"%row{k} = load {vector}, ptr %from{k}, align 8"
    rows = [f"%row{k}" for k in range(n)]
    for k in range(n):
        yield from _gather(f"%x{k}", rows, [divmod(j * n + k, lanes) for j in range(lanes)])
    for i, step in enumerate(plan.steps):
        match step:
            case Multiply(a, b):
                yield f"{names[i]} = fmul {vector} {names[a]}, {names[b]}"
            case MultiplyAdd(a, b, c):
                given = ", ".join(f"{vector} {names[one]}" for one in (a, b, c))
                yield f"{names[i]} = call {vector} {fma}({given})"
    for k, result in enumerate(results):
        before = f"%lost{k - 1}" if k else "%lost"
        given = f"{vector} {result}, {vector} zeroinitializer, {vector} {before}"
        yield f"%lost{k} = call {vector} {fma}({given})"
    yield "%to = getelementptr double, ptr %values, i64 %first"
    yield f"store {vector} {results[0]}, ptr %to, align 8"
    for k in range(n if len(results) > 1 else 0):
        places = [divmod(k * lanes + j, n)[::-1] for j in range(lanes)]
        yield from _gather(f"%slopes{k}", results[1:], places)
        yield f"%to{k} = getelementptr double, ptr %gradient, i64 %entry{k}"
        yield f"store {vector} %slopes{k}, ptr %to{k}, align 8"
    yield "%next = add i64 %i, 1"
    yield "%more = icmp slt i64 %next, %blocks"
    yield "br i1 %more, label %block, label %end"
    yield "end:"
    lost = f"%lost{len(results) - 1}"
    yield f"%which = fcmp uno {vector} {lost}, {lost}"
    yield f"%mask = bitcast <{lanes} x i1> %which to i{lanes}"
    yield f"%any = icmp ne i{lanes} %mask, 0"
    yield "%answer = zext i1 %any to i32"
    yield "ret i32 %answer"
    yield "}"


def _name(position: int, step: Step) -> str:
    """Return how a step is written where it is used."""
    match step:
        case Variable(number):
            return f"%x{number}"
        case Constant(number):
            return f"splat (double 0x{struct.pack('>d', number).hex()})"
    return f"%s{position}"


def _gather(name: str, vectors: list[str], places: list[tuple[int, int]]) -> Iterator[str]:
    """Yield the lines that make a vector of elements of others.

    Args:
        name: Of the vector.
        vectors: Those it is made of.
        places: For each lane, which of ``vectors`` and which lane of it.
    """
    lanes = len(places)
    vector, before = f"<{lanes} x double>", "zeroinitializer"
    used = sorted({one for one, _ in places})
    for one in used:
        # Lanes of the second of two vectors are counted on from the first.
        lane = [lanes + at if it == one else j for j, (it, at) in enumerate(places)]
        mask = ", ".join(f"i32 {j}" for j in lane)
        made = name if one == used[-1] else f"{name}.{one}"
        yield f"{made} = shufflevector {vector} {before}, {vector} {vectors[one]},"
        yield f"<{lanes} x i32> <{mask}>"
        before = made
