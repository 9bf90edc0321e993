"""Writes what Nolabel's tokenizer trainers must agree with; made with `tokenizers` 0.23.2.

Run it in its own folder: python train_tokenizers.py
"""

from collections import OrderedDict
import json

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

TEXTS = open("corpus.txt", encoding="utf-8", newline="").read().split("\n")[:-1]
UNSEEN = [
    "", " ", "a red heart", "Unbelievable hedgehogs!", "don't you'll", "x\u0000y", "\ufffd", "½ Ⅳ 🦖 zebra",
    "[CLS] <s> [MASK] <mask>", "  lead", "e\u0301", "q" * 150, "ΣΊΣΥΦΟΣ", "ꙮ ⻰ 𝔘𝔫𝔦", "line\nbreak\r\n\tend ",
]


def wordpiece(size):
    """The ids of '##x' depend on a random hash; given as first tokens, they are sorted."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    starts, others = set(), set()
    for text in TEXTS:
        for word, _ in made.pre_tokenizer.pre_tokenize_str(made.normalizer.normalize_str(text)):
            starts.update(word)
            others.update("##" + c for c in word[1:])
    first = special + sorted(starts) + sorted(others)
    trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=first, show_progress=False)
    made.train_from_iterator(TEXTS, trainer)
    vocab = made.get_vocab()
    made = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    made.add_special_tokens(special)
    return framed(made, "[CLS]", "[SEP]")


def bpe(size):
    made = Tokenizer(models.BPE())
    made.normalizer = normalizers.NFC()
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=["<pad>", "<s>", "</s>", "<mask>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(TEXTS, trainer)
    return framed(made, "<s>", "</s>")


def framed(made, start, end):
    made.post_processor = processors.TemplateProcessing(
        single=f"{start} $A {end}",
        special_tokens=[(t, made.token_to_id(t)) for t in (start, end)],
    )
    return made


def write(name, made):
    expected = OrderedDict(
        tokenizer=json.loads(made.to_str()),
        encodings=[{"text": t, "ids": made.encode(t).ids} for t in TEXTS + UNSEEN],
    )
    with open(name, "w", encoding="utf-8") as file:
        json.dump(expected, file, indent=None, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    for size in (600, 900, 100_000):
        write(f"wordpiece-{size}.json", wordpiece(size))
    for size in (300, 600, 100_000):
        write(f"bpe-{size}.json", bpe(size))
