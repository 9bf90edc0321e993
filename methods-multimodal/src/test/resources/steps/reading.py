"""ALBEF, SimVLM and UNITER: the loss of a batch."""

import math

import torch
from torch.nn import functional as F

from draws import PRIME, among, hidden_words, integers, key_of
from networks import (
    Parameters, bert_block, bert_text, blocks, causal, clip_block, embedded, image_pooled,
    image_tokens, layer_norm, linear, unit)

RUN, PER_EPOCH = 8, 4

# ALBEF


def hard(similarities, ids, key, stream):
    """One candidate for each row, drawn by softmax (Gumbel's way) among those of other captions."""
    n = len(ids)
    uniform = (integers(n, n, key, stream) / PRIME).clamp(1e-7, 1 - 1e-7)
    score = similarities.detach() - (-uniform.log()).log()
    score -= 1e4 * (ids[:, None] == ids[None]).all(2)
    return score.fill_diagonal_(-math.inf).argmax(1)


def fusion(p, text, mask, image):
    return blocks(bert_block, p / "fusion", 2, text, mask[:, None, None, :] > 0, 1, image)


def albef_towers(state, batch, suffix=""):
    image, text = Parameters(state, f"image{suffix}/"), Parameters(state, f"text{suffix}/")
    seen = image_tokens(image, batch["image"])
    read = bert_text(text, batch["caption"], batch["caption_mask"])
    return (text, seen, read, unit(linear(image / "projector", image_pooled(image, seen))),
            unit(linear(text / "projector", read[:, 0])))


def words_of(p, ids, mask, image):
    return linear(p / "words", fusion(p, bert_text(p, ids, mask), mask, image))


def pushed(state, name, step, rows):
    """First in, first out; ages in batches."""
    queue, ages = state[name + "/rows"], state[name + "/ages"]
    places = (step * len(rows) + torch.arange(len(rows))) % len(queue)
    queue[places] = rows
    ages[ages > 0] += 1
    ages[places] = 1


def albef(state, batch, step):
    ids, mask, key, n = batch["caption"], batch["caption_mask"], key_of(step), len(batch["image"])
    alpha = 0.4 * min(1, step / PER_EPOCH)
    scale = state["temperature/log_scale"].exp()
    p, seen, read, image, text = albef_towers(state, batch)
    with torch.no_grad():
        q, seen_m, _, image_m, text_m = albef_towers(state, batch, "_teacher")

    itc = 0
    for own, own_m, other_m, queue in (
            (image, image_m, text_m, "text_queue"), (text, text_m, image_m, "image_queue")):
        everyone = torch.cat([other_m, state[queue + "/rows"]]).detach().clone()
        opinion = (own_m @ everyone.T * scale.detach()).softmax(1)
        target = alpha * opinion + (1 - alpha) * torch.eye(n, len(everyone))
        itc = itc - (target * (own @ everyone.T * scale).log_softmax(1)).sum(1).mean() / 2
    pushed(state, "image_queue", step, image_m)
    pushed(state, "text_queue", step, text_m)

    similarities = image @ text.T * scale
    texts = hard(similarities, ids, key, "hard_text")
    images = hard(similarities.T, ids, key, "hard_image")
    pairs = [(read, mask, seen), (read[texts], mask[texts], seen), (read, mask, seen[images])]
    judged = torch.cat([linear(p / "match", fusion(p, *pair)[:, 0]) for pair in pairs])
    itm = F.cross_entropy(judged, torch.tensor([1] * n + [0] * 2 * n))

    masked, chosen = hidden_words(ids, mask, key, "hidden_words", 0.4)
    guess = words_of(p, masked, mask, seen).log_softmax(2)[chosen]
    with torch.no_grad():
        opinion = words_of(q, masked, mask, seen_m).softmax(2)[chosen]
    own = guess.gather(1, ids[chosen][:, None])[:, 0]
    mlm = -((1 - alpha) * own + alpha * (opinion * guess).sum(1)).mean()
    return itc + itm + mlm


def follow(state, step):
    """The momentum networks, with a momentum from 0.8 to 1 by half a cosine."""
    m = 1 + (0.8 - 1) * 0.5 * (1 + math.cos(math.pi * step / RUN))
    for name, mine in state.items():
        if "_teacher/" in name and "running_" not in name:
            mine.mul_(m).add_((1 - m) * state[name.replace("_teacher/", "/")])


# SimVLM


def simvlm(state, batch, step, longest=3):
    """The encoder reads patches and a prefix, the decoder all words, each seeing those before it."""
    p, ids, mask = Parameters(state, "vlm/"), batch["caption"], batch["caption_mask"]
    n, length = ids.shape
    tokens = mask.sum(1)
    most = (tokens - 2).clamp(0, longest)
    prefix = integers(n, 1, key_of(step), "prefix")[:, 0] % (most + 1)
    image = linear(p / "patches/projection", image_tokens(p / "image", batch["image"]))
    image = image + p["patches/position"]
    words = embedded(p / "embeddings", ids)
    total, count = 0, 0
    for i in range(n):
        memory = torch.cat([image[i], words[i, : prefix[i]]])[None]
        memory = layer_norm(
            p / "encoder/norm", blocks(clip_block, p / "encoder", 2, memory, None), 1e-5)
        said = words[i : i + 1, : tokens[i]]
        said = blocks(clip_block, p / "decoder", 2, said, causal(tokens[i]), context=memory)
        logits = linear(p / "words", layer_norm(p / "decoder/norm", said, 1e-5))[0]
        first = max(1, prefix[i])
        total = total + F.cross_entropy(
            logits[first - 1 : -1], ids[i, first : tokens[i]], reduction="sum")
        count += tokens[i] - first
    return total / count


# UNITER


def places(cells):
    side = round(cells**0.5)
    rows = [(c % side / side, c // side / side) for c in range(cells)]
    return torch.tensor([
        [x, y, x + 1 / side, y + 1 / side, 1 / side, 1 / side, 1 / side**2] for x, y in rows])


def ipot(words, regions, beta=0.5, iterations=50):
    """The distance of one text and one image, neither padded; gradients through the cost alone."""
    cost = 1 - unit(words) @ unit(regions).T
    n, m = cost.shape
    with torch.no_grad():
        a, plan = torch.exp(-cost / beta), torch.ones(n, m)
        sigma = torch.full((m, 1), 1 / m)
        for _ in range(iterations):
            q = a * plan
            delta = 1 / (n * (q @ sigma))
            sigma = 1 / (m * (q.T @ delta))
            plan = delta * q * sigma.T
    return (plan * cost).sum()


def guessed(p, x):
    return linear(p / "output", layer_norm(p / "norm", F.gelu(linear(p, x)), 1e-12))


def overlapping(where, share):
    """Which of the boxes of each image have more than that of their union in common."""
    x1, y1, x2, y2, _, _, area = where.unbind(2)
    length = lambda start, end: (
        torch.minimum(end[:, :, None], end[:, None])
        - torch.maximum(start[:, :, None], start[:, None])).clamp(0)
    common = length(x1, x2) * length(y1, y2)
    return common > share * (area[:, :, None] + area[:, None] - common)


def uniter_task(p, features, batch, key, task):
    """The loss of words (0), regions (1), pairs (2) or classes (3), and what is reported of it."""
    ids, mask, stream, head = batch["caption"], batch["caption_mask"], p / "stream", p / "heads"
    n, length = ids.shape
    cells, matched = features.shape[1], torch.ones(n, dtype=torch.bool)
    found = "regions" in batch
    where = batch["regions_places"] if found else places(cells)
    present = batch["regions_mask"] > 0 if found else torch.ones(n, cells, dtype=torch.bool)
    shown, given = ids, features
    if task == 0:
        shown, chosen = hidden_words(ids, mask, key, "uniter/words", 0.15, True)
    if task in (1, 3):
        numbers = integers(n, cells, key, "uniter/regions").masked_fill(~present, PRIME)
        guess = among(numbers, 0.15) | (numbers == numbers.min(1, keepdim=True).values)
        guess &= present
        hidden = guess
        if found:
            hidden = guess | (overlapping(where, 0.4) & guess[:, None]).any(2)
        given = torch.where(hidden[:, :, None], head["hidden"], features)
    if task == 2:
        moved = among(integers(n, 1, key, "uniter/swaps")[:, 0], 0.5)
        moved &= (ids != ids.roll(-1, 0)).any(1)
        shown = torch.where(moved[:, None], ids.roll(-1, 0), ids)
        mask = torch.where(moved[:, None], mask.roll(-1, 0), mask)
        matched = ~moved
    w, r = stream / "words", stream / "regions"
    words = layer_norm(w / "norm", embedded(w, shown) + w["type"], 1e-12)
    content = layer_norm(r / "content/norm", linear(r / "content", given), 1e-12)
    place = layer_norm(r / "place/norm", linear(r / "place", where), 1e-12)
    regions = content + place + r["type"]
    x = torch.cat([words, layer_norm(r / "norm", regions, 1e-12)], 1)
    there = torch.cat([mask > 0, present], 1)
    x = blocks(bert_block, stream, 2, x, there[:, None, None, :])
    if task == 0:
        logits = guessed(head / "word", x[:, :length])[chosen]
        loss = F.cross_entropy(logits, ids[chosen])
        right = (logits.argmax(1) == ids[chosen]).double().mean()
        return loss, {"mlm_loss": loss, "mlm_accuracy": right}
    if task == 1:
        loss = F.mse_loss(guessed(head / "region", x[:, length:])[guess], features[guess].detach())
        return loss, {"mrm_loss": loss}
    if task == 3:
        logits, target = guessed(head / "class", x[:, length:])[guess], batch["regions_classes"][guess]
        loss = F.kl_div(logits.log_softmax(1), target, reduction="batchmean")
        right = (logits.argmax(1) == target.argmax(1)).double().mean()
        return loss, {"mrc_loss": loss, "mrc_accuracy": right}
    logits = linear(head / "match", torch.tanh(linear(head / "pooler", x[:, 0])))[:, 0]
    itm = F.binary_cross_entropy_with_logits(logits, matched.double())
    apart = torch.stack([ipot(x[i, : mask[i].sum()], x[i, length:][present[i]]) for i in range(n)])
    mean = lambda which: apart[which].mean() if which.any() else 0.0
    wra = mean(matched) - mean(~matched)
    right = ((logits > 0) == matched).double().mean()
    return itm + 0.1 * wra, {"itm_loss": itm, "itm_accuracy": right, "wra_loss": wra}


def tasks(batch):
    return 4 if "regions_classes" in batch else 3


def uniter_features(state, batch):
    if "regions" in batch:
        return batch["regions"]
    tokens = image_tokens(Parameters(state, "uniter/image/"), batch["image"])
    return tokens[:, 1:] if "uniter/image/cls_token" in state else tokens


def uniter_all(state, batch, step):
    features, p = uniter_features(state, batch), Parameters(state, "uniter/")
    return sum(uniter_task(p, features, batch, key_of(step), task)[0] for task in range(tasks(batch)))


def uniter(state, batch, step):
    task = integers(1, 1, key_of(step), "uniter/task").item() % tasks(batch)
    features, p = uniter_features(state, batch), Parameters(state, "uniter/")
    loss, numbers = uniter_task(p, features, batch, key_of(step), task)
    for name, value in numbers.items():
        recent = torch.stack([value.detach(), torch.ones(())])
        state["recent/" + name].mul_(0.9).add_(0.1 * recent)
    return loss
