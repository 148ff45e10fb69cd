"""Whether two numbers that differ measure the same in two units."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from aligner.segmentation.number_units import UNITS, Unit

ROUNDED = 0.1  # 10 km are told as 6 miles
EXACT = 0.03  # where one of the units is only guessed, or a whole is told in parts
DEGREES = 1.5  # kelvins by which a temperature may be rounded


def same_measure(
    value: float, units: Collection[Unit], other: float, others: Collection[Unit]
) -> bool:
    """Whether the values are the same but for rounding, each in a unit of its own."""
    return any(
        _close(x, y, ROUNDED) or (u.quantity == "temperature" and abs(x - y) <= DEGREES)
        for u in units
        for v in others
        if u != v and u.quantity == v.quantity
        for x in _amounts(value, u)
        for y in _amounts(other, v)
    )


def measure_elsewhere(value: float, units: Collection[Unit], other: float) -> bool:
    """Whether the other value, whose unit is not named, may be the same in some other unit."""
    return any(
        _close(x, y, EXACT)
        for u in units
        for v in UNITS
        if u != v and u.quantity == v.quantity
        for x in _amounts(value, u)
        for y in _amounts(other, v)
    )


def measure_in_parts(
    parts: Sequence[tuple[float, Collection[Unit]]], whole: float, units: Collection[Unit]
) -> bool:
    """Whether 2 metres and 15 centimetres are these 2.15 metres."""
    (big, of_big), (small, of_small) = parts
    return any(
        _close(big * u.size + small * v.size, whole * w.size, EXACT)
        for u in of_big
        for v in of_small
        for w in units
        if u.quantity == v.quantity == w.quantity and u.size > v.size
    )


def differ_in_kind(units: Collection[Unit], others: Collection[Unit]) -> bool:
    """Whether both are known, and measure different things."""
    known = {u.quantity for u in units}, {v.quantity for v in others}
    return bool(known[0] and known[1]) and known[0].isdisjoint(known[1])


def _amounts(value: float, unit: Unit) -> tuple[float, ...]:
    """How much that is: of a temperature on both sides of zero, and as a difference."""
    if unit.quantity != "temperature":
        return (value * unit.size,)
    return (value - unit.zero) * unit.size, (-value - unit.zero) * unit.size, value * unit.size


def _close(x: float, y: float, share: float) -> bool:
    return abs(x - y) <= share * min(abs(x), abs(y))
