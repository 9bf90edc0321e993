"""Golden numbers of MarginRanking, AdaptiveContrast and AdaptivePooling, in float64.

Written from the papers (arXiv 1707.05612, 2210.02206, 2011.04305), row by row, with numpy alone.
"""

import numpy as np


def table(rows, columns, entry):
    return np.array([[entry(i, j) for j in range(columns)] for i in range(rows)], dtype=np.float64)


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def violations(scores, margin):
    """Per row, those of all other columns."""
    n = len(scores)
    return [
        [max(0.0, margin - scores[i, i] + scores[i, j]) for j in range(n) if j != i]
        for i in range(n)
    ]


def margin_ranking(scores, margin):
    both = violations(scores, margin) + violations(scores.T, margin)
    return sum(map(sum, both)), sum(map(max, both))


def count(scores, scale):
    n = len(scores)
    alignment = np.mean([scores[i, i] for i in range(n)])
    uniformity = np.mean(
        [np.exp(-(0.0 if i == j else scores[i, j])) for i in range(n) for j in range(n)]
    )
    cosine = np.cos(max(alignment + uniformity, 0.0) ** scale)
    return int(min(max(int(cosine * n) + 1, 1), n - 1))


def adaptive(scores, margin, scale, temperature=0.01):
    chosen = count(scores, scale)
    losses = []
    for direction in (scores, scores.T):
        for i, row in enumerate(direction):
            others = np.sort(np.delete(row, i))[::-1][:chosen]
            logits = np.concatenate([[row[i]], others + margin]) / temperature
            losses.append(-np.log(softmax(logits)[0]))
    return np.mean(losses), chosen


def pooled(x, ranks, score, gate, tokens):
    """Of one sequence, whose first so many vectors are tokens."""
    seen = x[:tokens]
    descending = -np.sort(-seen, axis=0)
    by_rank = softmax(ranks[:tokens]) @ descending
    by_token = softmax(seen @ score) @ seen
    share = 1 / (1 + np.exp(-gate))
    return share * by_rank + (1 - share) * by_token


if __name__ == "__main__":
    A = table(4, 6, lambda i, j: np.sin(3 * i + j))
    C = table(4, 6, lambda i, j: np.cos(i + 2 * j))
    unit_scores = unit(A) @ unit(C).T
    print("margin 0.2: sum of hinges %.10f, max violation %.10f" % margin_ranking(unit_scores, 0.2))
    for name, scores in (("raw", A @ C.T), ("unit", unit_scores)):
        for scale in (1.0, 1.25):
            print(name, "scale", scale, "loss %.10f, n %d" % adaptive(scores, 0.2, scale))
    x = np.array([np.sin(2 * t + 0.7 * t * d + d) for t in range(4) for d in range(3)]).reshape(4, 3)
    ranks = np.array([0.5, -0.25, 1.0, 0.0])
    score = np.array([1.0, -0.5, 0.25])
    for tokens in (4, 2):
        print("pooled", tokens, pooled(x, ranks, score, 0.4, tokens))
