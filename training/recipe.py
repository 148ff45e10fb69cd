"""Every setting of the released model's training, in one place; written beside the model."""

from dataclasses import dataclass, replace

# Prose made by people is scarce and near to news: it is drawn several times an epoch.
TIMES_AN_EPOCH = {
    "african-storybook": 6.0,
    "bitcoin-org": 4.0,
    "ethereum-org": 3.0,
    "kolibri": 2.0,
    "monero-guides": 3.0,
    "mozilla-www-lang": 3.0,
    "nllb-seed-ary_Arab": 3.0,
    "nllb-seed-arz_Arab": 3.0,
    "nodejs": 2.0,
    "numpy-org": 3.0,
    "opensource-guide": 4.0,
    "owasp-asvs": 2.0,
    "quran-sahih": 1.0,
    "raspberrypi-projects": 2.0,
    "react-docs": 1.0,
    "scratch-l10n": 2.0,
    "sdg-un-translations": 6.0,
    "tatoeba-khaled5321": 1.5,
    "tatoeba-opus": 1.5,
    "thaqalayn-hadith": 0.6,
    "vue-docs": 1.0,
    "xsid-ar": 2.0,
    "rules": 4.0,
}
# Machine-translated and templated text is plentiful: a fresh part of it is drawn each epoch.
MOST_AN_EPOCH = {
    "msdocs-dynamics365-operations": 25_000,
    "freecodecamp-curriculum": 18_000,
    "freecodecamp-guide": 18_000,
    "lexical-ui": 50_000,
    "lexical-names": 60_000,
}
TEMPLATED = ("msdocs", "freecode", "msbeg", "aspose")
MOST_TEMPLATED = 10_000
WORD_LISTS = ("lexical-lexicon", "lexical-names", "rules")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a run does; two runs of one recipe on one machine give the same vectors."""

    name: str = "bundled-2"
    seed: int = 0
    # Vocabulary: whole words that are frequent enough, the rest pieces by use.
    vocabulary: int = 34_000
    whole_words: int = 15_000
    least_count: float = 40.0  # weighted count from which a word has a row of its own
    candidates: int = 64_000  # pieces that the unigram model offers
    damping: float = 0.6  # a word seen n times counts n ** damping when pieces are sought
    # Vectors
    dimensions: int = 560
    epochs: int = 12
    batch: int = 2048
    rate: float = 0.01
    last_rate: float = 0.02  # share of the rate that is left at the end
    scale: float = 20.0  # cosines are multiplied by this before the softmax
    margin: float = 0.3  # what a pair's cosine must be above the others' in its batch
    dropped: float = 0.3  # share of the tokens left out of each text, anew each time
    one_source: float = 0.5  # share of the prose drawn in batches of one source, as hard negatives
    joined: float = 0.15  # share of the prose lines that are joined with the next one
    bag: int = 4  # entries of the word lists put together, at most
    warm_up: int = 200  # steps
    # Tuning, after all these epochs: on prose by people and the word lists alone, nothing dropped.
    tuning_epochs: int = 2
    tuning_rate: float = 0.004
    tuning_warm_up: int = 100

    def for_tuning(self) -> "Recipe":
        """The settings of the tuning, as those of a run of its own."""
        return replace(
            self,
            epochs=self.tuning_epochs,
            rate=self.tuning_rate,
            warm_up=self.tuning_warm_up,
            dropped=0.0,
        )


def quota(source: str, pairs: int) -> int:
    """Say how many pairs of a source an epoch draws."""
    if source in TIMES_AN_EPOCH:
        return int(TIMES_AN_EPOCH[source] * pairs)
    if source in MOST_AN_EPOCH:
        return min(pairs, MOST_AN_EPOCH[source])
    if source.startswith(TEMPLATED):
        return min(pairs, MOST_TEMPLATED)
    return pairs


def in_tuning(source: str) -> bool:
    """Say whether the tuning draws from a source: prose made by people, or a word list."""
    return source in TIMES_AN_EPOCH or source in WORD_LISTS


def vocabulary_weight(source: str) -> float:
    """Say how much a word counts that is met in this source, when the vocabulary is chosen."""
    if source.startswith(TEMPLATED) or source == "lexical-ui":
        return 0.3
    return {"lexical-lexicon": 2.0, "lexical-names": 0.5, "rules": 0.5}.get(source, 3.0)
