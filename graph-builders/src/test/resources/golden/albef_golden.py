"""ALBEF's image-text contrast with soft targets in float64, from the paper's equations alone.

python3 albef_golden.py prints the numbers that SoftPairContrastTest asserts.
"""

import numpy as np


def rows(count, entry):
    return np.array([[entry(i, j) for j in range(6)] for i in range(count)], dtype=np.float64)


def unit(x):
    return x / np.sqrt((x * x).sum(axis=1, keepdims=True))


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def log_softmax(x):
    y = x - x.max(axis=1, keepdims=True)
    return y - np.log(np.exp(y).sum(axis=1, keepdims=True))


A = unit(rows(4, lambda i, j: np.sin(3 * i + j)))
C = unit(rows(4, lambda i, j: np.cos(i + 2 * j)))
E = unit(rows(4, lambda i, j: np.sin(0.5 * i * j + 1)))
G = unit(rows(4, lambda i, j: np.cos(2 * i - j)))
IMAGE_QUEUE = unit(rows(5, lambda n, d: np.sin(2 * d + n)))
TEXT_QUEUE = unit(rows(5, lambda n, d: np.sin(2 * d + n + 5)))


def direction(student, momentum, candidates, temperature, alpha):
    count = len(student)
    total = 0.0
    opinion = softmax(momentum @ candidates.T / temperature)
    surprise = -log_softmax(student @ candidates.T / temperature)
    for i in range(count):
        for j in range(len(candidates)):
            target = alpha * opinion[i, j] + (1 - alpha) * (1.0 if i == j else 0.0)
            total += target * surprise[i, j]
    return total / count


def contrast(temperature, alpha, queue):
    images = np.concatenate([E, IMAGE_QUEUE]) if queue else E
    texts = np.concatenate([G, TEXT_QUEUE]) if queue else G
    return 0.5 * (
        direction(A, E, texts, temperature, alpha) + direction(C, G, images, temperature, alpha)
    )


if __name__ == "__main__":
    for temperature in (0.07, 0.5):
        for alpha in (0.0, 0.4, 1.0):
            plain = contrast(temperature, alpha, False)
            queued = contrast(temperature, alpha, True)
            print(f"{temperature}, {alpha}, {plain:.15g}, {queued:.15g}")
