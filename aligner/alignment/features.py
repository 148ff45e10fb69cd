"""The numbers that a bead, a null and a document are judged by: what the parameters weigh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import LONGEST, PRIOR_SENTENCES, TYPES, Evidence, Floats, Side

# English letters per Arabic letter in translations, as its logarithm.
LENGTH_RATIO = 0.17
PRIOR_MEAN_COSINE = 0.05  # of unrelated sentences
WORST_RATIO = 2.0  # beyond a factor of e² a length says nothing more

ONE = (
    "cosine",
    "margin_least",
    "margin_mean",
    "covered_mean",
    "covered_least",
    "cover_margin_least",
    "cover_margin_mean",
    "length",
    "length_squared",
    "unmatched_tokens",
    "matched_tokens",
    "starts_agree",
    "starts_differ",
    "ends_agree",
    "ends_differ",
)
MANY = (*ONE, "part_covered_least", "part_gain_least", "part_gain_mean", "breaks_inside")
SHAPES = ("1-2", "2-1", "1-3", "3-1", "2-2", "one_to_many", "many_to_one", "larger", "extra")
STATISTICS = ("surplus", "surplus_absolute", "letters", "best_cosine")
SHAPE_STATISTICS = tuple(f"{s}*{t}" for s in STATISTICS for t in ("many", "extra", "difference"))
NULL = (
    "ar_open",
    "ar_continue",
    "en_open",
    "en_continue",
    "paragraph_open",
    "paragraph_continue",
    "best_cosine",
    "best_margin",
    "best_covered",
    "best_covered_mean",
    "paragraph_best_covered",
    "short",
    *(f"{s}*null" for s in STATISTICS),
    "surplus*en",
    "letters*en",
)

T = len(TYPES)
SIZE_AR = np.array([ar for ar, _ in TYPES])
SIZE_EN = np.array([en for _, en in TYPES])


def shape_features() -> Floats:
    """(T, len(SHAPES)): what kind of bead each type is."""
    out = np.zeros((T, len(SHAPES)), dtype=np.float32)
    for n, (ar, en) in enumerate(TYPES):
        if (ar, en) == (1, 1):
            continue
        name = f"{ar}-{en}"
        if name not in SHAPES:
            name = "one_to_many" if ar == 1 else "many_to_one" if en == 1 else "larger"
        out[n, SHAPES.index(name)] = 1.0
        out[n, SHAPES.index("extra")] = max(ar + en - 4, 0)
    return out


SHAPE_FEATURES = shape_features()


def shape_statistics(statistics: Floats) -> Floats:
    """(T, len(SHAPE_STATISTICS)): the document's statistics as each type feels them."""
    many = (SIZE_AR + SIZE_EN > 2).astype(np.float32)
    extra = np.minimum(SIZE_AR + SIZE_EN - 2, 6).astype(np.float32)
    difference = np.clip(SIZE_EN - SIZE_AR, -4, 4).astype(np.float32)
    columns = np.stack([many, extra, difference], axis=1)
    return np.asarray(
        (statistics[:, None, None] * columns[None]).transpose(1, 0, 2).reshape(T, -1),
        dtype=np.float32,
    )


@dataclass(frozen=True, eq=False)
class Singles:
    """What is known of single sentences against single sentences: the basis of the features."""

    mean_ar: Floats  # (LONGEST, n_ar) usual cosine of an Arabic run
    mean_en: Floats
    cover_ar: Floats  # (LONGEST, n_ar, n_en) coverage of an Arabic sentence by an English run
    cover_en: Floats
    cover_margin_ar: Floats  # the same, less the best English sentence outside the run
    cover_margin_en: Floats
    totals_ar: Floats  # (LONGEST, n_ar + 1, n_en) covered weight summed over Arabic sentences
    totals_en: Floats
    rivals_ar: tuple[Floats, Floats]  # best cosine before and from each English sentence
    rivals_en: tuple[Floats, Floats]


def singles(evidence: Evidence) -> Singles:
    cover_ar = evidence.covered_ar / evidence.ar.weights[None, :, None]
    cover_en = evidence.covered_en / evidence.en.weights[None, :, None]
    return Singles(
        mean_ar=_mean(evidence.cosines_ar),
        mean_en=_mean(evidence.cosines_en),
        cover_ar=cover_ar,
        cover_en=cover_en,
        cover_margin_ar=_over_rivals(cover_ar),
        cover_margin_en=_over_rivals(cover_en),
        totals_ar=_totals(evidence.covered_ar),
        totals_en=_totals(evidence.covered_en),
        rivals_ar=_before_and_from(evidence.cosines_ar),
        rivals_en=_before_and_from(evidence.cosines_en),
    )


def _mean(cosines: Floats) -> Floats:
    total = cosines.sum(axis=2) + PRIOR_SENTENCES * PRIOR_MEAN_COSINE
    return np.asarray(total / (cosines.shape[2] + PRIOR_SENTENCES), dtype=np.float32)


def _totals(covered: Floats) -> Floats:
    out = np.zeros((covered.shape[0], covered.shape[1] + 1, covered.shape[2]), dtype=np.float32)
    np.cumsum(covered, axis=1, out=out[:, 1:])
    return out


def _before_and_from(values: Floats) -> tuple[Floats, Floats]:
    """Running maxima along the last axis: [..., j] the best before j, and the best from j on."""
    shape = (*values.shape[:-1], values.shape[-1] + 1)
    before, after = np.full(shape, -1.0, np.float32), np.full(shape, -1.0, np.float32)
    np.maximum.accumulate(values, axis=-1, out=before[..., 1:])
    np.maximum.accumulate(values[..., ::-1], axis=-1, out=after[..., :-1][..., ::-1])
    return before, after


def _over_rivals(cover: Floats) -> Floats:
    """Coverage by a run, less that by the best single sentence outside it, or less 0."""
    before, after = _before_and_from(cover[0])
    m = cover.shape[2]
    out = np.empty_like(cover)
    for k in range(LONGEST):
        end = np.minimum(np.arange(m) + k + 1, m)
        out[k] = cover[k] - np.maximum(np.maximum(before[:, :m], after[:, end]), 0.0)
    return out


def _run_sums(values: Floats) -> Floats:
    """(LONGEST, n): sums over the runs of 1, 2, … from each place on (cut off at the end)."""
    n = len(values)
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    ends = np.minimum(np.arange(n)[None] + np.arange(1, LONGEST + 1)[:, None], n)
    return np.asarray(sums[ends] - sums[:n][None], dtype=np.float32)


def _paragraph_ends(side: Side) -> NDArray[np.bool_]:
    ends = np.ones(len(side), dtype=bool)
    ends[:-1] = side.starts[1:]
    return ends


def bead_features(
    evidence: Evidence, single: Singles, first: int, end: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """Features of every bead that begins with an Arabic sentence from first to before end.

    Returns (len(MANY), T, end - first, n_en) and whether the bead lies within the text; of 1-1
    beads only the first len(ONE) features mean anything.
    """
    ar, en = evidence.ar, evidence.en
    n, m = evidence.shape
    rows = end - first
    out = np.zeros((len(MANY), T, rows, m), dtype=np.float32)
    valid = np.zeros((T, rows, m), dtype=bool)
    at = {name: out[number] for number, name in enumerate(MANY)}
    chars_ar, chars_en = _run_sums(ar.characters), _run_sums(en.characters)
    weight_ar, weight_en = _run_sums(ar.weights), _run_sums(en.weights)
    breaks_ar = np.concatenate([[0], np.cumsum(ar.starts)])
    breaks_en = np.concatenate([[0], np.cumsum(en.starts)])
    ends_ar, ends_en = _paragraph_ends(ar), _paragraph_ends(en)
    shared = evidence.shared
    tokens_ar = _run_sums(shared[2]) if shared else None
    tokens_en = _run_sums(shared[3]) if shared else None
    found_ar = _totals(shared[0]) if shared else None
    found_en = _totals(shared[1]) if shared else None
    longer = {
        size: np.asarray(ar.units[size - 1, first:end] @ en.units.transpose(0, 2, 1), np.float32)
        for size in (2, 3, 4)
    }
    for t, (a, e) in enumerate(TYPES):
        last, stop = min(end, n - a + 1), m - e + 1
        if last <= first or stop <= 0:
            continue
        r = last - first
        cell = (t, slice(0, r), slice(0, stop))
        valid[cell] = True
        i, j = slice(first, last), slice(0, stop)
        # cosine, against what is usual, and its margin over the best rivals
        if e == 1:
            cosine = evidence.cosines_ar[a - 1, i, j]
        elif a == 1:
            cosine = evidence.cosines_en[e - 1, j, i].T
        else:
            cosine = longer[a][e - 1, :r, j]
        usual = (single.mean_ar[a - 1, i, None] + single.mean_en[e - 1, None, j]) / 2
        at["cosine"][cell] = (cosine - usual) / evidence.spread
        before, after = single.rivals_ar
        rival_ar = np.maximum(before[a - 1, i, j], after[a - 1, i, e : stop + e])
        rival_ar = np.maximum(rival_ar, single.mean_ar[a - 1, i, None])
        before, after = single.rivals_en
        rival_en = np.maximum(before[e - 1, j, i], after[e - 1, j, first + a : last + a]).T
        rival_en = np.maximum(rival_en, single.mean_en[e - 1, None, j])
        at["margin_least"][cell] = (cosine - np.maximum(rival_ar, rival_en)) / evidence.spread
        at["margin_mean"][cell] = (cosine - (rival_ar + rival_en) / 2) / evidence.spread
        # word coverage of the whole, of each sentence, and what each outer part adds
        sum_ar = single.totals_ar[e - 1, first + a : last + a, j] - single.totals_ar[e - 1, i, j]
        sum_en = (single.totals_en[a - 1, e : stop + e, i] - single.totals_en[a - 1, j, i]).T
        cover_ar = sum_ar / weight_ar[a - 1, i, None]
        cover_en = sum_en / weight_en[e - 1, None, j]
        at["covered_mean"][cell] = (cover_ar + cover_en) / 2
        at["covered_least"][cell] = np.minimum(cover_ar, cover_en)
        margin_ar = _least(single.cover_margin_ar[e - 1, first : last + a - 1, j], a, 0)
        margin_en = _least(single.cover_margin_en[a - 1, :, i].T, e, 1)[:, j]
        at["cover_margin_least"][cell] = np.minimum(margin_ar, margin_en)
        at["cover_margin_mean"][cell] = (margin_ar + margin_en) / 2
        if t:
            part_ar = _least(single.cover_ar[e - 1, first : last + a - 1, j], a, 0)
            part_en = _least(single.cover_en[a - 1, :, i].T, e, 1)[:, j]
            at["part_covered_least"][cell] = np.minimum(part_ar, part_en)
            gains = []
            if e > 1:
                less = single.totals_ar[e - 2]
                less = less[first + a : last + a] - less[i]
                gains.append((sum_ar - less[:, :stop]) / en.weights[None, e - 1 :])
                gains.append((sum_ar - less[:, 1 : stop + 1]) / en.weights[None, :stop])
            if a > 1:
                less = single.totals_en[a - 2]
                less = (less[e : stop + e] - less[j]).T
                gains.append((sum_en - less[i]) / ar.weights[first + a - 1 : last + a - 1, None])
                gains.append((sum_en - less[first + 1 : last + 1]) / ar.weights[i, None])
            at["part_gain_least"][cell] = np.minimum.reduce(gains)
            at["part_gain_mean"][cell] = sum(gains) / len(gains)
        # lengths
        ratio = np.log(chars_en[e - 1, None, j] / chars_ar[a - 1, i, None]) - LENGTH_RATIO
        np.clip(ratio, -WORST_RATIO, WORST_RATIO, out=ratio)
        at["length"][cell] = np.abs(ratio)
        at["length_squared"][cell] = ratio * ratio
        # numbers and Latin words
        if tokens_ar is not None and found_ar is not None and found_en is not None:
            assert tokens_en is not None
            matched = found_ar[e - 1, first + a : last + a, j] - found_ar[e - 1, i, j]
            back = (found_en[a - 1, e : stop + e, i] - found_en[a - 1, j, i]).T
            unmatched = tokens_ar[a - 1, i, None] - matched + tokens_en[e - 1, None, j] - back
            at["matched_tokens"][cell] = np.minimum(matched, 4)
            at["unmatched_tokens"][cell] = np.minimum(unmatched, 4)
        # paragraphs
        side_ar, side_en = ar.starts[i, None], en.starts[None, j]
        at["starts_agree"][cell] = side_ar & side_en
        at["starts_differ"][cell] = side_ar ^ side_en
        side_ar, side_en = ends_ar[first + a - 1 : last + a - 1, None], ends_en[None, e - 1 :]
        at["ends_agree"][cell] = side_ar & side_en
        at["ends_differ"][cell] = side_ar ^ side_en
        if t:
            inside_ar = breaks_ar[first + a : last + a] - breaks_ar[first + 1 : last + 1]
            inside_en = breaks_en[e : stop + e] - breaks_en[1 : stop + 1]
            at["breaks_inside"][cell] = np.minimum(inside_ar[:, None] + inside_en[None], 3)
    return out, valid


def _least(values: Floats, size: int, axis: int) -> Floats:
    """The least of each `size` neighbours along an axis."""
    if size == 1:
        return values
    windows = np.lib.stride_tricks.sliding_window_view(values, size, axis=axis)
    return np.asarray(windows.min(axis=-1), dtype=np.float32)


def statistics(evidence: Evidence) -> Floats:
    """What the document is like: (len(STATISTICS),).

    How many more English sentences than Arabic ones there are, how many more letters, and how
    near the best counterparts lie on the whole.
    """
    ar, en = evidence.ar, evidence.en
    surplus = float(np.log(len(en) / len(ar)))
    letters = float(np.log(en.characters.sum() / ar.characters.sum())) - LENGTH_RATIO
    best = evidence.cosines_ar[0]
    median = (float(np.median(best.max(axis=1))) + float(np.median(best.max(axis=0)))) / 2
    clip = 1.5
    return np.array(
        [
            np.clip(surplus, -clip, clip),
            min(abs(surplus), clip),
            np.clip(letters, -clip, clip),
            median - 0.6,
        ],
        dtype=np.float32,
    )


def null_features(
    evidence: Evidence, single: Singles, document: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Features of each sentence as a null: opening and continuing a run, Arabic and English.

    Four arrays (n, len(NULL)).
    """
    cosines = (
        evidence.cosines_ar[0] - (single.mean_ar[0][:, None] + single.mean_en[0][None]) / 2
    ) / evidence.spread
    both = (single.cover_ar[0] + single.cover_en[0].T) / 2
    found = []
    for side, z, mean, own, sign in (
        (evidence.ar, cosines, both, single.cover_ar, -1.0),
        (evidence.en, cosines.T, both.T, single.cover_en, 1.0),
    ):
        shared = np.zeros((len(side), len(NULL)), dtype=np.float32)
        at = {name: shared[:, number] for number, name in enumerate(NULL)}
        ordered = np.sort(z, axis=1)
        at["best_cosine"][:] = ordered[:, -1]
        if z.shape[1] > 1:
            at["best_margin"][:] = ordered[:, -1] - ordered[:, -2]
        # A run of three, for a sentence may be part of a longer bead.
        at["best_covered"][:] = own[:3].max(axis=(0, 2))
        best = mean.max(axis=1)
        at["best_covered_mean"][:] = best
        _, group = np.unique(side.paragraph, return_inverse=True)
        total = np.bincount(group, weights=best * side.characters)
        size = np.bincount(group, weights=side.characters)
        at["paragraph_best_covered"][:] = (total / size)[group]
        at["short"][:] = np.maximum(np.log(40.0 / side.characters), 0.0)
        for number, name in enumerate(STATISTICS):
            at[f"{name}*null"][:] = document[number] * (sign if number in (0, 2) else 1.0)
        if sign > 0:
            at["surplus*en"][:] = document[0]
            at["letters*en"][:] = document[2]
        opening, continuing = shared, shared.copy()
        language = "ar" if sign < 0 else "en"
        opening[:, NULL.index(f"{language}_open")] = 1.0
        continuing[:, NULL.index(f"{language}_continue")] = 1.0
        opening[:, NULL.index("paragraph_open")] = side.starts
        continuing[:, NULL.index("paragraph_continue")] = side.starts
        found += [opening, continuing]
    return found[0], found[1], found[2], found[3]
