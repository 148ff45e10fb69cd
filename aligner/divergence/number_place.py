"""A number with its place in its article, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from aligner.segmentation.number_units import Unit, units_of
from aligner.segmentation.numbers import Exact, Number, NumberKind
from aligner.text import Sentence


@dataclass(frozen=True)
class Placed:
    """A number with its sentence, and that sentence's place in its paragraph."""

    number: Number
    sentence: int
    whole: Sentence

    @property
    def start(self) -> int:
        return self.whole.start + self.number.start

    @property
    def end(self) -> int:
        return self.whole.start + self.number.end

    @property
    def text(self) -> str:
        """As it stands."""
        return self.whole.text[self.number.start : self.number.end].strip()

    @property
    def around(self) -> str:
        """With a few words before and after."""
        return self.whole.text[max(0, self.number.start - 24) : self.number.end + 24]

    @property
    def before(self) -> str:
        """A few words before it."""
        return self.whole.text[max(0, self.number.start - 24) : self.number.start]

    @property
    def after(self) -> str:
        """A few letters after it."""
        return self.whole.text[self.number.end : self.number.end + 6]

    @property
    def value(self) -> Exact:
        value = self.number.value
        return value if value.numerator >= 0 else -value

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What it counts if that is a unit; a sum of money is none."""
        money = self.number.kind in (NumberKind.MONEY, NumberKind.PERCENT)
        return () if money else units_of(self.whole.text, self.number)

    @property
    def in_a_name(self) -> bool:
        """Whether letters are written together with it: Covid-19, K2."""
        text, number = self.whole.text, self.number
        before = text[: number.start].rstrip("-–")[-1:]
        after = text[number.end : number.end + 1]
        return number.kind is NumberKind.CODE and (before.isalpha() or after.isalpha())

    @property
    def in_digits(self) -> bool:
        return any(letter.isdigit() for letter in self.text)
