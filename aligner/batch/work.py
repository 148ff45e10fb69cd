"""What a worker does with a pair: read, compare, pack. It never raises; it tells what failed."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.batch import inputs
from aligner.batch.source import Item
from aligner.errors import AlignerError, BadArticle, BadPair
from aligner.ingest.draft import parse_date
from aligner.pipeline import Pipeline
from aligner.store import Packed, Sighting, pack
from aligner.text import Article, Language

LOOKS = 3  # at a file that changes while it is read


@dataclass(frozen=True, slots=True)
class Outcome:
    """A pair's result, packed for the store, or why there is none."""

    inputs: bytes  # what it was made from
    sightings: tuple[Sighting, ...]
    packed: Packed | None
    reason: str = ""  # a word to group by: missing, unreadable, unlike, died, hung, unexpected
    message: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the worker's function, in the worker: the model is loaded there, once."""

    model: str | None = None
    device: str | None = None

    def __call__(self) -> Worker:
        return Worker(Pipeline(self.model, self.device))


class Worker:
    """A pipeline that takes items."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    def __call__(self, item: Item) -> Outcome:
        """Compare a pair whose files hold still meanwhile."""
        for _ in range(LOOKS):
            ar, en = _look(item)
            made = self._outcome(item, ar, en)
            if _look(item, ar.sighting, en.sighting) == (ar, en):
                return made
        return replace(
            made, packed=None, reason="changing", message="its files change while they are read"
        )

    def _outcome(self, item: Item, ar: inputs.Look, en: inputs.Look) -> Outcome:
        seen = tuple(look.sighting for look in (ar, en) if look.sighting is not None)
        packed, reason, message = None, "", ""
        try:
            ar_article = self._article(item.name.ar, item.ar, item)
            en_article = self._article(item.name.en, item.en, item)
            _refuse_swapped(ar_article, en_article)
            # Encoded here, for `compare` would prepare what is prepared once more.
            encode = self.pipeline.encode
            packed = pack(self.pipeline.compare(encode(ar_article), encode(en_article)))
        except AlignerError as error:
            missing = inputs.MISSING in (ar.hash, en.hash)
            reason = "missing" if missing else _REASONS.get(type(error).__name__, "failed")
            message = str(error)
        except Exception as error:  # a fault of ours in one pair must not stop the others
            where = traceback.extract_tb(error.__traceback__)[-1]
            reason = "unexpected"
            message = (
                f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno}); "
                "please report it"
            )
        return Outcome(inputs.joined(ar, en, item), seen, packed, reason, message)

    def _article(self, name: str, side: str | Article, item: Item) -> Article:
        if isinstance(side, str):
            found = inputs.times(side)
            if found is not None and not found[1]:
                raise BadArticle(f"{side}: is no regular file; name one that holds an article")
            article = self.pipeline.prepare(Path(side))
        else:
            article = self.pipeline.prepare(side)
        date = article.date
        if item.date is not None:
            date = parse_date(item.date)
            if date is None:
                raise BadArticle(f"{name}: {item.date!r} is no date; write 2024-05-17")
        return replace(
            article,
            name=name,
            date=date,
            outlet=item.outlet or article.outlet,
            url=item.url or article.url,
        )


def _refuse_swapped(ar: Article, en: Article) -> None:
    """A pair is stored by the names of its two sides, so each must be what it is called.

    Raises BadPair.
    """
    if (ar.language, en.language) == (Language.EN, Language.AR):
        raise BadPair(
            f"the sides are swapped: {ar.name} is English and {en.name} is Arabic; "
            "exchange the columns 'ar' and 'en', or the files' names"
        )


def _look(
    item: Item, ar: Sighting | None = None, en: Sighting | None = None
) -> tuple[inputs.Look, inputs.Look]:
    return inputs.look(item.name.ar, item.ar, ar), inputs.look(item.name.en, item.en, en)


_REASONS = {"BadArticle": "unreadable", "BadPair": "no pair"}


def lost(item: Item, reason: str, message: str) -> Outcome:
    """What stands for a pair whose worker was lost: only the parent is left to tell of it."""
    ar, en = _look(item)
    seen = tuple(look.sighting for look in (ar, en) if look.sighting is not None)
    return Outcome(inputs.joined(ar, en, item), seen, None, reason, message)
