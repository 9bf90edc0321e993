"""Random draws: java.util.SplittableRandom, and what RandomOps documents to make of it."""

import math

import torch

SEED = 4
VOCABULARY, PAD, START, END, MASK = 32, 0, 2, 3, 4
WORD, PRIME = (1 << 64) - 1, (1 << 31) - 1


class SplittableRandom:
    def __init__(self, seed):
        self.seed = seed & WORD

    def next(self):
        self.seed = (self.seed + 0x9E3779B97F4A7C15) & WORD
        z = self.seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
        return z ^ (z >> 31)

    def below(self, bound):
        while True:
            u = self.next() >> 1
            r = u % bound
            if u + bound - 1 - r < 1 << 63:
                return r


def key_of(step):
    return SplittableRandom(SplittableRandom(SEED).next() ^ step).below(PRIME)


def integers(rows, columns, key, stream):
    """int64[rows, columns] below the prime."""
    code = 0
    for c in stream:
        code = (31 * code + ord(c)) & 0xFFFFFFFF
    code -= (code >> 31) << 32
    salt = SplittableRandom(code).below(PRIME)

    def word(number, shift):
        return pow(number * 1103515245 + shift, 5, PRIME)

    row = [word(word(i, key), salt) % (1 << 30) for i in range(rows)]
    column = [word(i, salt) % (1 << 30) for i in range(columns)]
    return torch.tensor([[(r + c) ** 2 % PRIME for c in column] for r in row])


def among(numbers, share):
    return numbers < math.floor(share * PRIME + 0.5)


def hidden_words(ids, mask, key, stream, probability, one_at_least=False):
    """BERT's: of the chosen 80 % hidden, 10 % replaced, 10 % kept. New ids, and which are chosen."""
    draw = lambda name: integers(*ids.shape, key, f"{stream}/{name}")
    words = (mask > 0) & (ids != PAD) & (ids != START) & (ids != END)
    chosen = words & among(draw("chosen"), probability)
    if one_at_least:
        for i, row in enumerate(draw("chosen").masked_fill(~words, PRIME)):
            chosen[i, row.argmin()] |= words[i].any()
    fate, other = draw("fate"), draw("any") % VOCABULARY
    new = ids.clone()
    new[chosen & among(fate, 0.9)] = other[chosen & among(fate, 0.9)]
    new[chosen & among(fate, 0.8)] = MASK
    return new, chosen
