"""Passages that both versions have, in different places."""

from __future__ import annotations

from math import prod

from aligner.bitext import Alignment, Bead, Divergence, DivergenceKind
from aligner.text import Article, Language


def find(
    ar: Article,
    en: Article,  # noqa: ARG001 (every finder is called in the same way)
    alignment: Alignment,
) -> tuple[Divergence, ...]:
    """Name the moved passages, each once, on the Arabic side and with its English place.

    Neighbouring moved beads of one Arabic paragraph that stay neighbours are one passage.
    """
    passages: list[list[Bead]] = []
    for bead in alignment:
        if not bead.moved:
            continue
        if passages and _goes_on(ar, passages[-1][-1], bead):
            passages[-1].append(bead)
        else:
            passages.append([bead])
    return tuple(_divergence(ar, passage) for passage in passages)


def _goes_on(ar: Article, last: Bead, bead: Bead) -> bool:
    return (
        bead.ar[0] == last.ar[-1] + 1
        and bead.en[0] == last.en[-1] + 1
        and ar.paragraph_of[bead.ar[0]] == ar.paragraph_of[last.ar[-1]]
    )


def _divergence(ar: Article, passage: list[Bead]) -> Divergence:
    here = tuple(i for bead in passage for i in bead.ar)
    there = tuple(j for bead in passage for j in bead.en)
    chance = prod(bead.probability for bead in passage) ** (1 / len(passage))
    return Divergence(
        DivergenceKind.MOVED,
        Language.AR,
        ar.paragraph_of[here[0]],
        here,
        round(chance, 4),
        other=there,
    )
