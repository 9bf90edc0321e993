"""Three updates of each method of images and texts, written from the papers in PyTorch and float64.

Reads what WholeStepsTest dumps (first values, batches, the seed of random draws) and computes losses,
norms of gradients and the state after the last update by automatic differentiation. Writes NAME.txt
beside this file, and prints how far the dumped run is from it. Needs torch and numpy.

    mvn -pl methods-multimodal -am test -Dtest=WholeStepsTest -Dnolabel.steps=/tmp/steps \
        -Dsurefire.failIfNoSpecifiedTests=false          # fails while numbers are missing; dumps all
    python steps.py /tmp/steps [NAME ...]

Random draws are made here from the generator that RandomOps documents; nothing drawn is read from
the dump. Every function is named after what its paper calls it.
"""

import json
import math
import pathlib
import sys

import numpy as np
import torch
from torch.nn import functional as F

STEPS, RUN, PER_EPOCH, SEED = 3, 8, 4, 4
PEAK, WARMUP, DECAY, BETAS, EPSILON, CLIP = 1e-2, 2, 0.1, (0.9, 0.999), 1e-3, 1.0
VOCABULARY, PAD, START, END, MASK = 32, 0, 2, 3, 4
HEADS = 2


# Random numbers: java.util.SplittableRandom, and what RandomOps makes of it

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


# Layers; p gives a parameter by the rest of its path


class Parameters:
    """Tensors below a path."""

    def __init__(self, state, path=""):
        self.state, self.path = state, path

    def __truediv__(self, name):
        return Parameters(self.state, f"{self.path}{name}/")

    def __getitem__(self, name):
        return self.state[self.path + name]

    def __contains__(self, name):
        return self.path + name in self.state


def linear(p, x):
    return F.linear(x, p["weight"], p["bias"] if "bias" in p else None)


def layer_norm(p, x, epsilon):
    return F.layer_norm(x, x.shape[-1:], p["weight"], p["bias"], epsilon)


def batch_norm(p, x):
    """Running variances are the biased ones, as ONNX Runtime has them on a CPU."""
    axes = [0] + list(range(2, x.ndim))
    mean, variance = x.mean(axes), x.var(axes, unbiased=False)
    with torch.no_grad():
        for name, now in (("running_mean", mean), ("running_var", variance)):
            p[name].mul_(0.9).add_(0.1 * now)
    return F.batch_norm(x, None, None, p["weight"], p["bias"], True, 0.0, 1e-5)


def heads(x, n):
    return x.unflatten(-1, (n, -1)).transpose(1, 2)


def attend(q, k, v, seen, n):
    """seen: bool, broadcast to [N, heads, t, s], or None."""
    y = F.scaled_dot_product_attention(heads(q, n), heads(k, n), heads(v, n), attn_mask=seen)
    return y.transpose(1, 2).flatten(2)


def attention(p, x, context, seen, n):
    return linear(
        p / "proj",
        attend(linear(p / "query", x), linear(p / "key", context), linear(p / "value", context),
               seen, n))


def mlp(p, x, activation):
    return linear(p / "mlp/fc2", activation(linear(p / "mlp/fc1", x)))


def quick_gelu(x):
    return x * torch.sigmoid(1.702 * x)


def bert_block(p, x, seen, n=HEADS, context=None):
    x = layer_norm(p / "norm1", x + attention(p / "attn", x, x, seen, n), 1e-12)
    if context is not None:
        x = layer_norm(p / "norm_cross", x + attention(p / "cross", x, context, None, n), 1e-12)
    return layer_norm(p / "norm2", x + mlp(p, x, F.gelu), 1e-12)


def clip_block(p, x, seen, n=HEADS, context=None, context_seen=None):
    y = layer_norm(p / "norm1", x, 1e-5)
    x = x + attention(p / "attn", y, y, seen, n)
    if context is not None:
        y = layer_norm(p / "norm_cross", x, 1e-5)
        x = x + attention(p / "cross", y, context, context_seen, n)
    return x + mlp(p, layer_norm(p / "norm2", x, 1e-5), quick_gelu)


def blocks(block, p, depth, x, *seen, **more):
    for i in range(depth):
        x = block(p / f"blocks/{i}", x, *seen, **more)
    return x


# Networks


def vit(p, images):
    """Tokens of a vision transformer, the class token first."""
    x = F.conv2d(images, p["patch_embed/proj/weight"], p["patch_embed/proj/bias"], stride=8)
    x = x.flatten(2).transpose(1, 2)
    x = torch.cat([p["cls_token"].expand(len(x), -1, -1), x], 1) + p["pos_embed"]
    for i in range(2):
        b = p / f"blocks/{i}"
        q, k, v = linear(b / "attn/qkv", layer_norm(b / "norm1", x, 1e-6)).chunk(3, -1)
        x = x + linear(b / "attn/proj", attend(q, k, v, None, HEADS))
        x = x + mlp(b, layer_norm(b / "norm2", x, 1e-6), F.gelu)
    return layer_norm(p / "norm", x, 1e-6)


def cnn(p, images):
    """Places of the last map, row by row."""
    x = images
    for stage in ("stage_1", "stage_2"):
        x = F.conv2d(x, p[f"{stage}/conv/weight"], stride=2, padding=1)
        x = F.relu(batch_norm(p / stage / "norm", x))
    return x.flatten(2).transpose(1, 2)


def image_tokens(p, images):
    return vit(p, images) if "cls_token" in p else cnn(p, images)


def image_pooled(p, tokens):
    return tokens[:, 0] if "cls_token" in p else tokens.mean(1)


def embedded(p, ids):
    return p["word/weight"][ids] + p["position"][:, : ids.shape[1]]


def causal(length):
    return torch.ones(length, length, dtype=torch.bool).tril()


def clip_text(p, ids, mask):
    """The feature of the last token."""
    x = blocks(clip_block, p, 2, embedded(p / "embeddings", ids), causal(ids.shape[1]))
    return layer_norm(p / "norm", x, 1e-5)[torch.arange(len(ids)), mask.sum(1) - 1]


def bert_text(p, ids, mask):
    """All tokens."""
    x = layer_norm(p / "norm", embedded(p / "embeddings", ids), 1e-12)
    return blocks(bert_block, p, 2, x, mask[:, None, None, :] > 0)


def unit(x):
    return F.normalize(x, dim=-1)


# CLIP, SigLIP, SLIP


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
    seen = pooled_by_rank(image / "pooling", image_tokens(image, batch["image"]))
    read = pooled_by_rank(text / "pooling", bert_text(text, ids, mask), mask)
    return unit(linear(image / "projector", seen)) @ unit(linear(text / "projector", read)).T


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


# ALBEF


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


def uniter_task(p, features, batch, key, task):
    """The loss of words (0), regions (1) or pairs (2), and what is reported of it."""
    ids, mask, stream, head = batch["caption"], batch["caption_mask"], p / "stream", p / "heads"
    n, length = ids.shape
    cells, matched = features.shape[1], torch.ones(n, dtype=torch.bool)
    shown, given = ids, features
    if task == 0:
        shown, chosen = hidden_words(ids, mask, key, "uniter/words", 0.15, True)
    if task == 1:
        numbers = integers(n, cells, key, "uniter/regions")
        hidden = among(numbers, 0.15) | (numbers == numbers.min(1, keepdim=True).values)
        given = features * ~hidden[:, :, None]
    if task == 2:
        moved = among(integers(n, 1, key, "uniter/swaps")[:, 0], 0.5)
        moved &= (ids != ids.roll(-1, 0)).any(1)
        shown = torch.where(moved[:, None], ids.roll(-1, 0), ids)
        mask = torch.where(moved[:, None], mask.roll(-1, 0), mask)
        matched = ~moved
    w, r = stream / "words", stream / "regions"
    words = layer_norm(w / "norm", embedded(w, shown) + w["type"], 1e-12)
    regions = linear(r / "content", given) + linear(r / "place", places(cells)) + r["type"]
    x = torch.cat([words, layer_norm(r / "norm", regions, 1e-12)], 1)
    there = torch.cat([mask > 0, torch.ones(n, cells, dtype=torch.bool)], 1)
    x = blocks(bert_block, stream, 2, x, there[:, None, None, :])
    if task == 0:
        logits = guessed(head / "word", x[:, :length])[chosen]
        loss = F.cross_entropy(logits, ids[chosen])
        right = (logits.argmax(1) == ids[chosen]).double().mean()
        return loss, {"mlm_loss": loss, "mlm_accuracy": right}
    if task == 1:
        loss = F.mse_loss(guessed(head / "region", x[:, length:])[hidden], features[hidden].detach())
        return loss, {"mrm_loss": loss}
    logits = linear(head / "match", torch.tanh(linear(head / "pooler", x[:, 0])))[:, 0]
    itm = F.binary_cross_entropy_with_logits(logits, matched.double())
    apart = torch.stack([ipot(x[i, : mask[i].sum()], x[i, length:]) for i in range(n)])
    mean = lambda which: apart[which].mean() if which.any() else 0.0
    wra = mean(matched) - mean(~matched)
    right = ((logits > 0) == matched).double().mean()
    return itm + 0.1 * wra, {"itm_loss": itm, "itm_accuracy": right, "wra_loss": wra}


def uniter_features(state, batch):
    tokens = image_tokens(Parameters(state, "uniter/image/"), batch["image"])
    return tokens[:, 1:] if "uniter/image/cls_token" in state else tokens


def uniter_all(state, batch, step):
    features, p = uniter_features(state, batch), Parameters(state, "uniter/")
    return sum(uniter_task(p, features, batch, key_of(step), task)[0] for task in range(3))


def uniter(state, batch, step):
    task = integers(1, 1, key_of(step), "uniter/task").item() % 3
    features, p = uniter_features(state, batch), Parameters(state, "uniter/")
    loss, numbers = uniter_task(p, features, batch, key_of(step), task)
    for name, value in numbers.items():
        recent = torch.stack([value.detach(), torch.ones(())])
        state["recent/" + name].mul_(0.9).add_(0.1 * recent)
    return loss


METHODS = {
    "clip": clip, "siglip": siglip, "slip": slip, "vse": vse, "vse_max": vse_max, "albef": albef,
    "albef_cnn": albef, "simvlm": simvlm, "uniter": uniter, "uniter_all": uniter_all}
AFTER = {"albef": follow, "albef_cnn": follow}


# Training: AdamW, written out


def rate(step):
    """Of update `step`, counted from zero: linear warm-up, then half a cosine to zero."""
    if step < WARMUP:
        return PEAK * (step + 1) / WARMUP
    return PEAK * 0.5 * (1 + math.cos(math.pi * (step - WARMUP) / (RUN - WARMUP)))


FREE = ("bias", "norm/weight", "norm1/weight", "norm2/weight", "norm_cross/weight", "position",
        "embeddings/word/weight", "words/word/weight", "pos_embed", "cls_token", "type",
        "log_scale", "gate")


def groups(state, trained):
    decays = [n for n in trained if not n.endswith(FREE)]
    rest = [n for n in trained if n.endswith(FREE)]
    return [
        {"params": [state[n] for n in decays], "weight_decay": DECAY},
        {"params": [state[n] for n in rest], "weight_decay": 0.0}]


BOUNDS = {"clip": (0.01, 100), "siglip": (0.01, 100), "slip": (0.01, 100), "albef": (2, 1000)}


def read(part):
    def tensor(t):
        whole = isinstance(t["values"][0], int)
        values = np.array(t["values"], np.int64 if whole else np.float32)
        return torch.from_numpy(values if whole else values.astype(np.float64)).view(t["shape"])

    return {name: tensor(t) for name, t in part.items()}


def run(name, dump):
    """The losses, the gradients' norms, and the state after the last update."""
    state = {n: t for n, t in read(dump["start"]).items() if not n.startswith("optimizer/")}
    trained = [n for n in dump["trained"] if n in state]
    for n in trained:
        state[n].requires_grad_()
    optimizer = torch.optim.AdamW(groups(state, trained), betas=BETAS, eps=EPSILON)
    losses, norms = [], []
    for step in range(STEPS):
        loss = METHODS[name](state, read(dump["batches"][step]), step)
        optimizer.zero_grad()
        loss.backward()
        for n in trained:  # never asked in this step, yet averaged and decayed
            if state[n].grad is None:
                state[n].grad = torch.zeros_like(state[n])
        norms.append(torch.nn.utils.clip_grad_norm_([state[n] for n in trained], CLIP).item())
        for group in optimizer.param_groups:
            group["lr"] = rate(step)
        optimizer.step()
        with torch.no_grad():
            if "temperature/log_scale" in state:
                low, high = BOUNDS[name.split("_")[0]]
                state["temperature/log_scale"].clamp_(math.log(low), math.log(high))
            if name in AFTER:
                AFTER[name](state, step)
        losses.append(loss.item())
    return losses, norms, {n: t.detach() for n, t in sorted(state.items())}


def compare(name, dump, losses, norms, state):
    """Prints the worst differences; the elements themselves, not their sums."""
    reports = dump["reports"]
    print(name)
    print("  loss         ", [f"{a:.7f}" for a in losses], [f"{r['loss']:.7f}" for r in reports])
    print("  gradient norm", [f"{a:.6f}" for a in norms],
          [f"{r['gradient_norm']:.6f}" for r in reports])
    end = read(dump["end"])
    apart = {n: (end[n] - t).abs().max().item() / max(1e-2, t.abs().max().item())
             for n, t in state.items()}
    for n in sorted(apart, key=apart.get, reverse=True)[:4]:
        print(f"  {apart[n]:.2e} {n}")


def write(name, losses, norms, state):
    def line(label, values):
        return f"{label}: {' '.join(f'{v:.10g}' for v in values)}\n"

    text = "# Written by steps.py; see there.\n" + line("loss", losses)
    text += line("gradient_norm", norms)
    for n, t in state.items():
        text += line("state " + n, [t.sum().item(), (t * t).sum().item()])
    (pathlib.Path(__file__).parent / f"{name}.txt").write_text(text)


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    folder = pathlib.Path(sys.argv[1])
    for name in sys.argv[2:] or METHODS:
        dump = json.loads((folder / f"{name}.json").read_text())
        assert dump["keys"] == [key_of(step) for step in range(STEPS)]
        results = run(name, dump)
        compare(name, dump, *results)
        write(name, *results)


if __name__ == "__main__":
    main()
