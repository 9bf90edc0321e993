"""Prefix language modelling by its definition, in float64 with explicit loops.

Writes expected.txt beside it: per case the loss, the accuracy and the tokens that count.
Logits are sin(3 i + 2 t + v + i t v / 7), ids (5 i + 3 t) mod 5, for 3 texts of 6 tokens.
Needs numpy. Run: python make.py
"""

import pathlib

import numpy as np

TEXTS, LENGTH, WORDS = 3, 6, 5
CASES = {
    "no_prefix": ([6, 6, 6], [0, 0, 0]),
    "own_prefixes": ([6, 6, 6], [0, 2, 4]),
    "padding": ([6, 4, 2], [1, 2, 0]),
    "start_alone": ([6, 1, 3], [3, 0, 1]),
    "nothing_counts": ([1, 1, 1], [0, 0, 0]),
}


def logits(text, place):
    words = np.arange(WORDS, dtype=np.float64)
    return np.sin(3.0 * text + 2.0 * place + words + text * place * words / 7.0)


def token(text, place):
    return (5 * text + 3 * place) % WORDS


def measure(lengths, prefixes):
    surprises, hits = [], []
    for text in range(TEXTS):
        for target in range(1, lengths[text]):
            if target < prefixes[text]:
                continue
            scores = logits(text, target - 1)
            probabilities = np.exp(scores) / np.exp(scores).sum()
            surprises.append(-np.log(probabilities[token(text, target)]))
            hits.append(float(scores.argmax() == token(text, target)))
    count = len(surprises)
    return (sum(surprises) / max(1, count), sum(hits) / max(1, count), count)


lines = []
for name, (lengths, prefixes) in CASES.items():
    loss, accuracy, count = measure(lengths, prefixes)
    cells = [name, *lengths, *prefixes, repr(float(loss)), repr(float(accuracy)), count]
    lines.append(" ".join(str(cell) for cell in cells))
pathlib.Path(__file__).with_name("expected.txt").write_text("\n".join(lines) + "\n")
