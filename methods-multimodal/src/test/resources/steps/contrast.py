"""CLIP, SigLIP, SLIP and VSE: the loss of a batch."""

import math

import torch
from torch.nn import functional as F

from networks import (
    Parameters, batch_norm, bert_text, clip_text, image_pooled, image_tokens, linear, unit)


def clip_loss(state, image, text, sigmoid=False):
    logits = unit(image) @ unit(text).T * state["temperature/log_scale"].exp()
    if sigmoid:
        z = 2 * torch.eye(len(logits)) - 1
        return -F.logsigmoid(z * (logits + state["temperature/bias"])).sum() / len(logits)
    labels = torch.arange(len(logits))
    return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.T, labels)) / 2


def two_towers(state, batch):
    image, text = Parameters(state, "image/"), Parameters(state, "text/")
    seen = image_pooled(image, image_tokens(image, batch["image"]))
    read = clip_text(text, batch["caption"], batch["caption_mask"])
    return linear(image / "projector", seen), linear(text / "projector", read)


def clip(state, batch, step):
    return clip_loss(state, *two_towers(state, batch))


def siglip(state, batch, step):
    return clip_loss(state, *two_towers(state, batch), sigmoid=True)


def nt_xent(a, b, temperature):
    z = unit(torch.cat([a, b]))
    logits = (z @ z.T / temperature).masked_fill(torch.eye(len(z), dtype=torch.bool), -math.inf)
    return F.cross_entropy(logits, torch.arange(len(z)).roll(len(a)))


def slip(state, batch, step):
    """The three looks at an image pass together, so that they share batch normalisation."""
    p, text = Parameters(state, "image/"), Parameters(state, "text/")
    looks = torch.cat([batch["image"], batch["view_1"], batch["view_2"]])
    seen, h = image_pooled(p, image_tokens(p, looks)).split([len(looks) // 3, len(looks) * 2 // 3])
    read = clip_text(text, batch["caption"], batch["caption_mask"])
    captioned = clip_loss(state, linear(p / "projector", seen), linear(text / "projector", read))
    for layer in ("views/layer_1", "views/layer_2"):
        h = F.relu(batch_norm(p / layer / "norm", linear(p / layer, h)))
    return captioned + nt_xent(*linear(p / "views/layer_3", h).chunk(2), 0.1)


# VSE


def pooled_by_rank(p, x, mask=None):
    """Generalised pooling mixed with attention; tokens behind a text's last do not exist."""
    rows = []
    for i, tokens in enumerate(x):
        there = tokens if mask is None else tokens[: mask[i].sum()]
        ranks = p["rank"][: len(there)].softmax(0)
        ranked = ranks @ there.sort(0, descending=True).values
        attended = (there @ p["score/weight"][0]).softmax(0) @ there
        h = torch.sigmoid(p["gate"])
        rows.append(h * ranked + (1 - h) * attended)
    return torch.stack(rows)


def vse_scores(state, batch):
    image, text = Parameters(state, "image/"), Parameters(state, "text/")
    ids, mask = batch["caption"], batch["caption_mask"]
    read = pooled_by_rank(text / "pooling", bert_text(text, ids, mask), mask)
    return unit(vse_images(image, batch)) @ unit(linear(text / "projector", read)).T


def vse_images(p, batch):
    """Of an image, or of the regions that a detector found in it."""
    if "regions" in batch:
        regions = linear(p / "content", batch["regions"])
        return pooled_by_rank(p / "pooling", regions, batch["regions_mask"])
    return linear(p / "projector", pooled_by_rank(p / "pooling", image_tokens(p, batch["image"])))


def vse(state, batch, step, margin=0.2, scale=1.25, temperature=0.01):
    s = vse_scores(state, batch)
    n = len(s)
    u = torch.exp(-s.detach().clone().fill_diagonal_(0)).mean().item()
    angle = max(0.0, s.diagonal().mean().item() + u) ** scale
    hardest = min(max(int(math.cos(angle) * n) + 1, 1), n - 1)
    total = 0
    for square in (s, s.T):
        for i, row in enumerate(square):
            others = torch.cat([row[:i], row[i + 1 :]]).topk(hardest).values + margin
            total = total - (torch.cat([row[i : i + 1], others]) / temperature).log_softmax(0)[0]
    return total / (2 * n)


def vse_max(state, batch, step, margin=0.2):
    """All violations in the first step, the worst ones then."""
    s = vse_scores(state, batch)
    total = 0
    for square in (s, s.T):
        hinges = (margin - square.diagonal()[:, None] + square).clamp(min=0)
        hinges = hinges.masked_fill(torch.eye(len(s), dtype=torch.bool), 0)
        total = total + (hinges.sum() if step < 1 else hinges.max(1).values.sum())
    return total / len(s)
