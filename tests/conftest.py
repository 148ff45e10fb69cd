"""What many tests share: the seed articles and a small real sentence-transformers model."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared and slow at times: what a property takes is no reason to fail it.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def seed_pair() -> tuple[Path, Path]:
    """The Arabic and the English version of one article."""
    return SEEDS / "002_b6a495e6997c87aa.txt", SEEDS / "000_3ede18a199c0dbaf.txt"


@pytest.fixture(scope="session")
def tiny_transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a real, randomly begun BERT of one layer that sentence-transformers made."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny-bert")
    lines = [p.read_text(encoding="utf-8") for p in sorted(SEEDS.glob("*.txt"))]
    wordpiece = BertWordPieceTokenizer(lowercase=True)
    wordpiece.train_from_iterator(lines, vocab_size=600, min_frequency=1)
    wordpiece.save_model(str(folder))
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=wordpiece.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    body = Transformer(str(folder / "bert"), max_seq_length=128)
    model = SentenceTransformer(modules=[body, Pooling(32)], device="cpu")
    model.save(str(folder / "tiny"))
    return folder / "tiny"
