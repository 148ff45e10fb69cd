"""Which pairs have to be done: those whose content, settings or model changed, and new ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from aligner.batch import inputs
from aligner.batch.source import Item
from aligner.store import Sighting, Store


class Fate(Enum):
    """What becomes of an item."""

    NEW = auto()  # never met
    CHANGED = auto()  # its files, its manifest's row, the settings or the model
    RETRY = auto()  # it failed, and is to be tried again
    DONE = auto()
    FAILED = auto()  # it failed on the very same content
    TWICE = auto()  # this run has met it already

    @property
    def is_work(self) -> bool:
        return self in (Fate.NEW, Fate.CHANGED, Fate.RETRY)


@dataclass(frozen=True, slots=True)
class Planned:
    """An item's fate, and what was learnt of its files on the way."""

    fate: Fate
    sightings: tuple[Sighting, ...] = ()  # not yet in the store
    recovered: bool = False  # it failed meanwhile, but is again as its result was made


def plan(
    store: Store, item: Item, signature: str, *, force: bool = False, retry_failed: bool = False
) -> Planned:
    """Decide about an item; its files are read only where their times are no proof.

    signature: versions and settings that a result has to be made by.
    """
    if not store.is_first_sight(item.name):
        return Planned(Fate.TWICE)
    known = store.known(item.name)
    if known is None:
        return Planned(Fate.NEW)
    ar = inputs.look(item.name.ar, item.ar, known.ar)
    en = inputs.look(item.name.en, item.en, known.en)
    fresh = tuple(
        look.sighting
        for look, old in ((ar, known.ar), (en, known.en))
        if look.sighting is not None and look.sighting != old
    )
    now = inputs.joined(ar, en, item)
    if force:
        return Planned(Fate.CHANGED, fresh)
    if known.inputs == now and known.signature == signature:
        return Planned(Fate.DONE, fresh, recovered=known.failed_inputs is not None)
    if known.failed_inputs == now and known.failed_signature == signature:
        return Planned(Fate.RETRY if retry_failed else Fate.FAILED, fresh)
    return Planned(Fate.CHANGED, fresh)
