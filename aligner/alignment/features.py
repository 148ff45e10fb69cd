"""The numbers that a bead, a null and a document are judged by: what the parameters weigh."""

from __future__ import annotations

import numpy as np

from aligner.alignment.evidence import TYPES, Evidence, Floats
from aligner.alignment.lengths import USUAL_RATIO
from aligner.alignment.singles import Singles, quantile

SHORT = 60.0  # letters; what a shorter sentence says is less sure, and of a longer one surer
# Beyond what all but the best translations reach, nearer is not surer: the products of features
# were fitted on few sentences that are nearer still.
SURE_COSINE = 5.0  # standard deviations above the usual
SURE_COVERAGE = 0.33
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
    "short",
    "short*cosine",
    "short*covered",
    "weak*covered",
    "long*cosine",
    "long*covered",
    "short*margin",
    "cosine_squared",
    "covered_squared",
    "cosine*covered",
)
MANY = (*ONE, "part_covered_least", "part_gain_least", "part_gain_mean", "breaks_inside")
SHAPES = ("1-2", "2-1", "1-3", "3-1", "2-2", "one_to_many", "many_to_one", "larger", "extra")
STATISTICS = ("surplus", "surplus_absolute", "letters", "best_cosine", "weak")
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


def group_features(
    evidence: Evidence,
    single: Singles,
    group: tuple[int, int],
    first: int,
    last: int,
    ratio: float = USUAL_RATIO,
) -> Floats:
    """Features of the beads of `a` Arabic and 1 to `longest` English sentences.

    group: (a, longest); first, last: the Arabic sentences that the beads begin with; ratio: the
    usual logarithm of English letters per Arabic letter in this pair.
    Returns (len(MANY), longest, last - first, n_en). Where an English run leaves the text the
    features are finite and mean nothing; of 1-1 beads only the first len(ONE) mean anything.
    """
    a, longest = group
    m = evidence.shape[1]
    out = np.empty((len(MANY), longest, last - first, m), dtype=np.float32)
    at = dict(zip(MANY, out, strict=True))
    ar, en = single.runs_ar, single.runs_en
    e = slice(0, longest)
    i, stop = slice(first, last), slice(first + a, last + a)
    after = en.after[e]
    # Cosine against what is usual, and its margin over the best rivals outside.
    cosine = evidence.cosines(a, longest, first, last)
    mean_ar, mean_en = single.mean_ar[a - 1, i, None], single.mean_en[e, None, :]
    spread = evidence.spread
    np.subtract(cosine, (mean_ar + mean_en) / 2, out=at["cosine"])
    at["cosine"] /= spread
    np.minimum(at["cosine"], SURE_COSINE, out=at["cosine"])
    before, beyond = (x[a - 1, i] for x in single.rivals_ar)
    rival_ar = np.maximum(np.maximum(before[:, :m], mean_ar), beyond[:, after].transpose(1, 0, 2))
    before, beyond = single.rivals_en
    rival_en = np.maximum(before[e, :, i], beyond[e, :, stop]).transpose(0, 2, 1)
    rival_en = np.maximum(rival_en, mean_en)
    np.subtract(cosine, np.maximum(rival_ar, rival_en), out=at["margin_least"])
    at["margin_least"] /= spread
    np.subtract(cosine, (rival_ar + rival_en) / 2, out=at["margin_mean"])
    at["margin_mean"] /= spread
    # Word coverage of the whole, of its single sentences, and what each outer part adds.
    sum_ar = single.totals_ar[e, stop] - single.totals_ar[e, i]
    totals = single.totals_en[a - 1, :, i]
    sum_en = (totals[after] - totals[None, :m]).transpose(0, 2, 1)
    cover_ar = sum_ar / ar.weights[a - 1, i, None]
    cover_en = sum_en / en.weights[e, None, :]
    np.minimum(cover_ar, cover_en, out=at["covered_least"])
    np.add(cover_ar, cover_en, out=at["covered_mean"])
    at["covered_mean"] *= 0.5
    for name in ("covered_least", "covered_mean"):
        np.minimum(at[name], SURE_COVERAGE, out=at[name])
    margin_ar = _least_of_ar(single.cover_margin_ar[e], first, last, a)
    margin_en = _least_of_en(single.cover_margin_en[a - 1, :, i].T, longest)
    np.minimum(margin_ar, margin_en, out=at["cover_margin_least"])
    np.add(margin_ar, margin_en, out=at["cover_margin_mean"])
    at["cover_margin_mean"] *= 0.5
    part_ar = _least_of_ar(single.cover_ar[e], first, last, a)
    part_en = _least_of_en(single.cover_en[a - 1, :, i].T, longest)
    np.minimum(part_ar, part_en, out=at["part_covered_least"])
    least, total, parts = at["part_gain_least"], at["part_gain_mean"], np.zeros((longest, 1, 1))
    least.fill(np.inf)
    total.fill(0.0)
    if longest > 1:
        shorter = sum_ar[:-1]
        tail = (sum_ar[1:] - shorter) / en.last_weight[1:longest, None, :]
        head = sum_ar[1:].copy()
        head[:, :, :-1] -= shorter[:, :, 1:]
        head /= evidence.en.weights
        np.minimum(tail, head, out=least[1:])
        np.add(tail, head, out=total[1:])
        parts[1:] += 2
    if a > 1:
        totals = single.totals_en[a - 2, :, first : last + 1]
        shorter = (totals[after] - totals[None, :m]).transpose(0, 2, 1)
        tail = (sum_en - shorter[:, :-1]) / ar.last_weight[a - 1, i, None]
        head = (sum_en - shorter[:, 1:]) / evidence.ar.weights[i, None]
        np.minimum(least, np.minimum(tail, head), out=least)
        total += tail + head
        parts += 2
    if a == 1:
        least[0] = 0.0
        parts[0] = 1
    total /= parts
    at["length"][:] = off = length_off(single, group, first, last, ratio)
    np.multiply(off, off, out=at["length_squared"])
    # Short sentences tell less.
    shorter_chars = np.minimum(en.characters[e, None, :], ar.characters[a - 1, i, None])
    np.log(SHORT / shorter_chars, out=at["short"])
    np.clip(at["short"], 0.0, 2.0, out=at["short"])
    np.multiply(at["short"], at["cosine"], out=at["short*cosine"])
    np.multiply(at["short"], at["covered_mean"], out=at["short*covered"])
    np.multiply(single.weak, at["covered_mean"], out=at["weak*covered"])
    longer = np.clip(np.log(shorter_chars / SHORT), 0.0, 2.0)
    np.multiply(longer, at["cosine"], out=at["long*cosine"])
    np.multiply(longer, at["covered_mean"], out=at["long*covered"])
    np.multiply(at["short"], at["margin_least"], out=at["short*margin"])
    np.square(at["cosine"], out=at["cosine_squared"])
    np.square(at["covered_mean"], out=at["covered_squared"])
    np.multiply(at["cosine"], at["covered_mean"], out=at["cosine*covered"])
    # Numbers and Latin words.
    if single.found_ar is not None and single.found_en is not None:
        matched = at["matched_tokens"]
        np.subtract(single.found_ar[e, stop], single.found_ar[e, i], out=matched)
        totals = single.found_en[a - 1, :, i]
        back = (totals[after] - totals[None, :m]).transpose(0, 2, 1)
        held = ar.tokens[a - 1, i, None] + en.tokens[e, None, :]
        np.minimum(held - matched - back, 4.0, out=at["unmatched_tokens"])
        np.minimum(matched, 4.0, out=matched)
    else:
        at["matched_tokens"].fill(0.0)
        at["unmatched_tokens"].fill(0.0)
    # Paragraphs.
    begins_ar, begins_en = evidence.ar.starts[i, None], evidence.en.starts[None, :]
    at["starts_agree"][:] = begins_ar & begins_en
    at["starts_differ"][:] = begins_ar ^ begins_en
    ends_ar, ends_en = ar.ends[a - 1, i, None], en.ends[e, None, :]
    np.multiply(ends_ar, ends_en, out=at["ends_agree"])
    np.abs(ends_ar - ends_en, out=at["ends_differ"])
    inside = ar.breaks[a - 1, i, None] + en.breaks[e, None, :]
    np.minimum(inside, 3.0, out=at["breaks_inside"])
    return out


def length_off(
    single: Singles, group: tuple[int, int], first: int, last: int, ratio: float
) -> Floats:
    """How far the lengths of beads are from the usual ratio: (longest, last - first, n_en).

    The arguments are those of `group_features`.
    """
    a, longest = group
    expected = np.log(single.runs_ar.characters[a - 1, first:last]) + np.float32(ratio)
    off = np.abs(np.log(single.runs_en.characters[:longest, None]) - expected[:, None])
    return np.minimum(off, WORST_RATIO, out=off)


def _least_of_ar(values: Floats, first: int, last: int, size: int) -> Floats:
    """(English lengths, Arabic, English): the least of each `size` Arabic neighbours."""
    least = values[:, first:last]
    for more in range(1, size):
        least = np.minimum(least, values[:, first + more : last + more])
    return least


def _least_of_en(values: Floats, longest: int) -> Floats:
    """(Arabic, English) to (length, Arabic, English): the least in each run of that length."""
    least = np.empty((longest, *values.shape), dtype=np.float32)
    least[0] = values
    for more in range(1, longest):
        least[more] = least[more - 1]
        np.minimum(least[more - 1][:, :-more], values[:, more:], out=least[more][:, :-more])
    return least


def statistics(evidence: Evidence, single: Singles) -> Floats:
    """What the document is like: (len(STATISTICS),).

    How many more English sentences than Arabic ones there are, how many more letters, and how
    near the best counterparts lie on the whole.
    """
    ar, en = evidence.ar, evidence.en
    surplus = float(np.log(len(en) / len(ar)))
    letters = float(np.log(en.characters.sum() / ar.characters.sum())) - USUAL_RATIO
    best = evidence.cosines_ar[0]
    median = (quantile(best.max(axis=1), 0.5) + quantile(best.max(axis=0), 0.5)) / 2
    clip = 0.8  # a text with less than half of the other says nothing more about its style
    return np.array(
        [
            max(-clip, min(surplus, clip)),
            min(abs(surplus), clip),
            max(-clip, min(letters, clip)),
            median - 0.6,
            single.weak,
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
        at["best_covered"][:] = own[:3].max(axis=0).max(axis=1)
        best = mean.max(axis=1)
        at["best_covered_mean"][:] = best
        group = np.cumsum(side.starts) - 1
        total = np.bincount(group, weights=best * side.characters)
        size = np.bincount(group, weights=side.characters)
        at["paragraph_best_covered"][:] = (total / size)[group]
        at["short"][:] = np.maximum(np.log(40.0 / side.characters), 0.0)
        for number, name in enumerate(STATISTICS):
            at[f"{name}*null"][:] = document[number] * (sign if number in (0, 2) else 1.0)
        opening, continuing = shared, shared.copy()
        language = "ar" if sign < 0 else "en"
        opening[:, NULL.index(f"{language}_open")] = 1.0
        continuing[:, NULL.index(f"{language}_continue")] = 1.0
        opening[:, NULL.index("paragraph_open")] = side.starts
        continuing[:, NULL.index("paragraph_continue")] = side.starts
        found += [opening, continuing]
    return found[0], found[1], found[2], found[3]
