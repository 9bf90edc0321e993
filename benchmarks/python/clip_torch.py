"""A small CLIP on Nolabel's packaged drawings in PyTorch, to be held beside `nolabel pretrain clip`.

Written from the papers and from the options of that run; shares no code and no weights with it.
Radford et al. 2021 (arXiv 2103.00020). See README.md.
"""

import argparse
import glob
import json
import math
import os
import struct
import time

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from torch import nn
from torch.nn import functional as F

STYLES = ["noto", "twemoji", "openmoji", "fluent-emoji-flat"]
HELD_OUT = STYLES.index("fluent-emoji-flat")
MAGIC = 0x4E4F4C4142454C01
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
SIZE, LENGTH, WIDTH, DEPTH, HEADS, EMBED = 32, 12, 128, 2, 2, 256
WARMUP, WEIGHT_DECAY, VOCABULARY = 50, 1e-4, 8192
LARGEST_SCALE, SMALLEST_SCALE = math.log(100), math.log(0.01)


# Data


def drawings(path):
    """Names, and uint8[concepts, styles, 3, size, size], from the file in Nolabel's cache."""
    data = open(path, "rb").read()
    at = 0

    def number(code):
        nonlocal at
        (value,) = struct.unpack_from(">" + code, data, at)
        at += struct.calcsize(">" + code)
        return value

    def names():
        nonlocal at
        found = []
        for _ in range(number("i")):
            length = number("H")
            found.append(data[at : at + length].decode("utf-8"))
            at += length
        return found

    if number("q") != MAGIC:
        raise SystemExit(f"{path} is not a cache of drawings")
    size = number("i")
    names()
    concepts = names()
    at += 4 * len(concepts)
    count = len(concepts) * len(STYLES) * size * size * 3
    pixels = np.frombuffer(data, np.uint8, count, at)
    pixels = pixels.reshape(len(concepts), len(STYLES), size, size, 3)
    return concepts, torch.from_numpy(np.ascontiguousarray(pixels.transpose(0, 1, 4, 2, 3)))


def learnt_tokenizer(captions):
    """WordPiece; characters come first and sorted, as the trainer's own order is random."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    starts, others = set(), set()
    for caption in captions:
        normal = made.normalizer.normalize_str(caption)
        for word, _ in made.pre_tokenizer.pre_tokenize_str(normal):
            starts.update(word)
            others.update("##" + c for c in word[1:])
    first = special + sorted(starts) + sorted(others)
    trainer = trainers.WordPieceTrainer(
        vocab_size=VOCABULARY, special_tokens=first, show_progress=False)
    made.train_from_iterator(captions, trainer)
    vocabulary = made.get_vocab()
    whole = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    whole.normalizer = made.normalizer
    whole.pre_tokenizer = made.pre_tokenizer
    whole.add_special_tokens(special)
    whole.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[(t, vocabulary[t]) for t in ("[CLS]", "[SEP]")])
    return whole


def tokens(tokenizer, captions):
    """int64[N, LENGTH] and the place of each text's last token."""
    tokenizer.enable_truncation(LENGTH)
    tokenizer.no_padding()
    ids = torch.zeros(len(captions), LENGTH, dtype=torch.long)
    ends = torch.zeros(len(captions), dtype=torch.long)
    for row, encoding in enumerate(tokenizer.encode_batch(captions)):
        ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
        ends[row] = len(encoding.ids) - 1
    return ids, ends


# Views


def choose(rng, side):
    """Top, left, height and width of a part: ten tries, then all; the images are squares."""
    for _ in range(10):
        area = side * side * rng.uniform(0.5, 1)
        ratio = math.exp(rng.uniform(math.log(3 / 4), math.log(4 / 3)))
        w, h = round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
        if 0 < w <= side and 0 < h <= side:
            return rng.integers(side - h + 1), rng.integers(side - w + 1), h, w
    return 0, 0, side, side


def weights(first, extent, side):
    """float[N, SIZE, side]: the antialiased bilinear filter of each part, along one axis."""
    first, extent = first.view(-1, 1, 1).float(), extent.view(-1, 1, 1).float()
    scale = extent / SIZE
    reach = scale.clamp(min=1)
    centre = scale * (torch.arange(SIZE).view(1, -1, 1) + 0.5)
    place = torch.arange(side).view(1, 1, -1) - first
    w = (1 - ((place + 0.5 - centre) / reach).abs()).clamp(min=0)
    w = w * ((place >= 0) & (place < extent))
    return w / w.sum(2, keepdim=True)


def cropped(images, parts):
    """uint8[N, 3, side, side] to float[N, 3, SIZE, SIZE] in [0, 1]."""
    n, c, side, _ = images.shape
    top, left, height, width = torch.as_tensor(np.asarray(parts)).unbind(1)
    rows, columns = weights(top, height, side), weights(left, width, side)
    x = images.float().div_(255)
    x = torch.bmm(x.reshape(n, c * side, side), columns.transpose(1, 2))
    x = x.view(n, c, side, SIZE).transpose(1, 2).reshape(n, side, c * SIZE)
    return torch.bmm(rows, x).view(n, SIZE, c, SIZE).transpose(1, 2)


def check_crops(images, rng):
    """The batched crops are those of PyTorch's own resizing."""
    parts = [choose(rng, images.shape[-1]) for _ in images]
    for image, (t, l, h, w), ours in zip(images, parts, cropped(images, parts)):
        part = image[None, :, t : t + h, l : l + w].float() / 255
        theirs = F.interpolate(part, (SIZE, SIZE), mode="bilinear", antialias=True)
        assert (theirs[0] - ours).abs().max() < 1e-4


# Networks


def small_cnn():
    layers, channels = [], 3
    for width in (48, 96, 192):
        conv = nn.Conv2d(channels, width, 3, stride=2, padding=1, bias=False)
        nn.init.kaiming_normal_(conv.weight, mode="fan_out", nonlinearity="relu")
        layers += [conv, nn.BatchNorm2d(width), nn.ReLU()]
        channels = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())


def dense(inputs, outputs):
    """BERT's deviation at its width of 768, and its gain at any other."""
    layer = nn.Linear(inputs, outputs)
    nn.init.normal_(layer.weight, std=0.02 * math.sqrt(768 / inputs))
    nn.init.zeros_(layer.bias)
    return layer


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.query, self.key, self.value = (dense(WIDTH, WIDTH) for _ in range(3))
        self.proj = dense(WIDTH, WIDTH)
        self.fc1, self.fc2 = dense(WIDTH, 4 * WIDTH), dense(4 * WIDTH, WIDTH)

    def forward(self, x):
        n, t, _ = x.shape
        y = self.norm1(x)
        q, k, v = (
            part(y).view(n, t, HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.proj(y.transpose(1, 2).reshape(n, t, WIDTH))
        y = self.fc1(self.norm2(x))
        return x + self.fc2(y * torch.sigmoid(1.702 * y))


class TextTower(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        nn.init.normal_(self.word.weight, std=0.02)
        self.position = nn.Parameter(torch.empty(1, LENGTH, WIDTH))
        nn.init.trunc_normal_(self.position, std=0.02, a=-0.04, b=0.04)
        self.blocks = nn.Sequential(*(Block() for _ in range(DEPTH)))
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, ids, ends):
        x = self.norm(self.blocks(self.word(ids) + self.position))
        return x[torch.arange(len(ids)), ends]


class Clip(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.image, self.text = small_cnn(), TextTower(vocabulary)
        self.image_projector = nn.Linear(192, EMBED, bias=False)
        self.text_projector = nn.Linear(WIDTH, EMBED, bias=False)
        for projector in (self.image_projector, self.text_projector):
            bound = projector.in_features**-0.5
            nn.init.uniform_(projector.weight, -bound, bound)
        self.log_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))

    def images(self, x):
        return F.normalize(self.image_projector(self.image((x - MEAN) / STD)), dim=1)

    def texts(self, ids, ends):
        return F.normalize(self.text_projector(self.text(ids, ends)), dim=1)

    def groups(self):
        """Matrices and kernels decay; biases, norms, embeddings and the temperature do not."""
        free = {id(self.text.word.weight), id(self.text.position)}
        decays = [p for p in self.parameters() if p.ndim > 1 and id(p) not in free]
        chosen = {id(p) for p in decays}
        rest = [p for p in self.parameters() if id(p) not in chosen]
        return [
            {"params": decays, "weight_decay": WEIGHT_DECAY},
            {"params": rest, "weight_decay": 0.0},
        ]


def contrast():
    """open_clip's loss if it is installed, else the paper's formula."""
    try:
        tv = torch.library.Library("torchvision", "DEF")
        tv.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        tv.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    except RuntimeError:
        pass
    try:
        from open_clip.loss import ClipLoss

        return "open_clip", ClipLoss()
    except Exception:
        pass

    def loss(images, texts, scale):
        logits = scale * images @ texts.T
        partners = torch.arange(len(logits))
        return (F.cross_entropy(logits, partners) + F.cross_entropy(logits.T, partners)) / 2

    return "formula", loss


# Evaluation


def direction(cosines):
    """Row i's right answer is column i; a wrong one that is equally near counts as ahead."""
    right = cosines.diagonal().unsqueeze(1)
    ranks = (cosines >= right).sum(1).clamp(min=1).double()
    figures = {f"recallAt{k}": (ranks <= k).double().mean().item() for k in (1, 5, 10)}
    figures["medianRank"] = float(np.median(ranks.numpy()))
    return figures


@torch.no_grad()
def retrieval(model, images, ids, ends):
    model.eval()
    seen = torch.cat([model.images(part) for part in images.split(256)])
    cosines = seen @ model.texts(ids, ends).T
    model.train()
    both = {"imageToText": direction(cosines), "textToImage": direction(cosines.T)}
    return {f"{way}.{name}": v for way, f in both.items() for name, v in f.items()}


# Training


def rate(step, steps, peak):
    if step < WARMUP:
        return peak * (step + 1) / WARMUP
    return peak * 0.5 * (1 + math.cos(math.pi * (step - WARMUP) / max(1, steps - WARMUP)))


class Task:
    """What is learnt from and what is asked, the same for every seed."""

    def __init__(self, options):
        concepts, pixels = drawings(options.drawings)
        captions = [name.replace("-", " ") for name in concepts]
        tokenizer = (
            Tokenizer.from_file(options.tokenizer) if options.tokenizer
            else learnt_tokenizer(captions))
        self.vocabulary = tokenizer.get_vocab_size()
        self.ids, self.ends = tokens(tokenizer, captions)
        styles = [s for s in range(len(STYLES)) if s != HELD_OUT]
        self.training = pixels[:, styles].reshape(-1, *pixels.shape[2:])
        self.concept = torch.arange(len(concepts)).repeat_interleave(len(styles))
        self.asked = F.interpolate(
            pixels[:, HELD_OUT].float() / 255, (SIZE, SIZE), mode="bilinear", antialias=True)
        check_crops(self.training[:8], np.random.default_rng(0))

    def batches(self, size, rng):
        """For ever: float[size, 3, SIZE, SIZE], token ids, ends; no image twice in an epoch."""
        side = self.training.shape[-1]
        while True:
            order = torch.from_numpy(rng.permutation(len(self.training)))
            for rows in order[: len(order) // size * size].split(size):
                views = cropped(self.training[rows], [choose(rng, side) for _ in rows])
                concept = self.concept[rows]
                yield views, self.ids[concept], self.ends[concept]

    def ask(self, model):
        return retrieval(model, self.asked, self.ids, self.ends)


def fit(model, task, options, seed, loss_of):
    """The loss of every step."""
    optimizer = torch.optim.AdamW(model.groups(), lr=options.lr, betas=(0.9, 0.999), eps=1e-8)
    steps = options.epochs * (len(task.training) // options.batch_size)
    batches = task.batches(options.batch_size, np.random.default_rng(seed))
    losses = []
    for step in range(min(steps, options.steps or steps)):
        for group in optimizer.param_groups:
            group["lr"] = rate(step, steps, options.lr)
        views, ids, ends = next(batches)
        loss = loss_of(model.images(views), model.texts(ids, ends), model.log_scale.exp())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.log_scale.data.clamp_(SMALLEST_SCALE, LARGEST_SCALE)
        losses.append(loss.item())
    return losses


def run(task, options, seed, loss_name, loss_of):
    torch.manual_seed(seed)
    model = Clip(task.vocabulary)
    untrained = task.ask(model)
    start = time.perf_counter()
    losses = fit(model, task, options, seed, loss_of)
    wall = time.perf_counter() - start
    per_epoch = len(task.training) // options.batch_size
    return {
        "seed": seed, "steps": len(losses), "finalLoss": losses[-1],
        "lastEpochLoss": float(np.mean(losses[-per_epoch:])),
        "temperature": math.exp(-model.log_scale.item()),
        "retrieval": task.ask(model), "untrainedRetrieval": untrained,
        "imagesPerSecond": len(losses) * options.batch_size / wall, "wallSeconds": wall,
        "loss": loss_name, "vocabulary": task.vocabulary,
        "parameters": sum(p.numel() for p in model.parameters()),
        "threads": options.threads, "torch": torch.__version__}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    cache = os.environ.get("NOLABEL_CACHE", os.path.expanduser("~/.cache/nolabel"))
    parser.add_argument("--drawings", help="the cached file; the default looks for it in the cache")
    parser.add_argument("--tokenizer", help="a run's tokenizer.json; the default learns its own")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--steps", type=int, default=0, help="stop so early, for a trial")
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--lr", type=float, default=3e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", help="append the lines to this file too")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    found = sorted(glob.glob(os.path.join(cache, "packaged-64px-*.bin")))
    if not options.drawings and not found:
        raise SystemExit(f"No drawings in {cache}: run './nolabel pretrain clip' once.")
    options.drawings = options.drawings or found[0]
    task = Task(options)
    loss = contrast()
    for seed in options.seed:
        line = json.dumps(run(task, options, seed, *loss))
        print(line, flush=True)
        if options.json:
            with open(options.json, "a", encoding="utf-8") as file:
                file.write(line + "\n")


if __name__ == "__main__":
    main()
