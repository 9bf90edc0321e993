"""IPOT distances in float64, written from the formulas of Xie et al. 2020 (arXiv 1802.04307)
and Chen et al. 2020 (arXiv 1909.11740). Prints what OptimalTransportTest expects.

    python ipot.py
"""
import numpy as np


def distance(words, regions, beta=0.5, iterations=50):
    """Of the vectors that are there: padding is left out before anything is computed."""
    a = words / np.linalg.norm(words, axis=1, keepdims=True)
    b = regions / np.linalg.norm(regions, axis=1, keepdims=True)
    cost = 1 - a @ b.T
    n, m = cost.shape
    kernel = np.exp(-cost / beta)
    plan = np.ones((n, m))
    sigma = np.full(m, 1 / m)
    for _ in range(iterations):
        q = kernel * plan
        delta = 1 / (n * (q @ sigma))
        sigma = 1 / (m * (q.T @ delta))
        plan = delta[:, None] * q * sigma[None, :]
    return np.trace(cost.T @ plan)


i, j = np.meshgrid(np.arange(4), np.arange(6), indexing="ij")
A = np.sin(3 * i + j)
C = np.cos(i + 2 * j)

print("four by four      %.12f" % distance(A, C))
print("three by four     %.12f" % distance(A[:3], C))
print("four by two       %.12f" % distance(A, C[:2]))
print("three by two      %.12f" % distance(A[:3], C[:2]))
