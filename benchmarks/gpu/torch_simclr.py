"""Images per second of SimCLR's whole step in PyTorch: the other column of the benchmark.

The same work as Nolabel's: two views of a batch through one ResNet and a two-layer projector with
batch normalisation as one batch, NT-Xent over all views, backward, AdamW. An image counts once,
whatever its views.

  torch_simclr.py --device cuda|cpu --variant fp32|tf32|channels-last|amp|compile|amp-compile
                  --backbone resnet18|resnet50|small-cnn|vit-tiny --size PIXELS --batch N --seconds N --out FILE [--images FOLDER --workers N]
"""
import argparse
import json
import os
import pathlib
import time

import torch
import torch.nn.functional as F
from torch import nn

FEWEST_FIRST_STEPS = 5


class Block(nn.Module):
    def __init__(self, inner, width, stride, bottleneck):
        super().__init__()
        outer = width * 4 if bottleneck else width
        kernels = [(inner, width, 1, 1), (width, width, 3, stride), (width, outer, 1, 1)] if bottleneck else [
            (inner, width, 3, stride), (width, width, 3, 1)]
        layers = []
        for i, (a, b, kernel, step) in enumerate(kernels):
            layers += [nn.Conv2d(a, b, kernel, step, kernel // 2, bias=False), nn.BatchNorm2d(b)]
            layers += [nn.ReLU(inplace=True)] if i + 1 < len(kernels) else []
        self.main = nn.Sequential(*layers)
        self.skip = nn.Identity() if inner == outer and stride == 1 else nn.Sequential(
            nn.Conv2d(inner, outer, 1, stride, bias=False), nn.BatchNorm2d(outer))

    def forward(self, x):
        return F.relu(self.main(x) + self.skip(x), inplace=True)


def resnet(name, small):
    bottleneck, counts = {"resnet18": (False, [2, 2, 2, 2]), "resnet50": (True, [3, 4, 6, 3])}[name]
    layers = [nn.Conv2d(3, 64, 3, 1, 1, bias=False)] if small else [nn.Conv2d(3, 64, 7, 2, 3, bias=False)]
    layers += [nn.BatchNorm2d(64), nn.ReLU(inplace=True)] + ([] if small else [nn.MaxPool2d(3, 2, 1)])
    inner = 64
    for stage, count in enumerate(counts):
        for i in range(count):
            width = 64 << stage
            layers.append(Block(inner, width, 2 if stage and not i else 1, bottleneck))
            inner = width * (4 if bottleneck else 1)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten()), inner


def small_cnn():
    layers, inner = [], 3
    for width in (48, 96, 192):
        layers += [nn.Conv2d(inner, width, 3, 2, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True)]
        inner = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten()), inner


class VitBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-6), nn.LayerNorm(width, 1e-6)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        n, t, d = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(n, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, t, d)
        x = x + self.proj(y)
        return x + self.mlp(self.norm2(x))


class VitTiny(nn.Module):
    def __init__(self, size, patch, width=192, depth=12, heads=3):
        super().__init__()
        self.patches = nn.Conv2d(3, width, patch, patch)
        self.start = nn.Parameter(torch.zeros(1, 1, width))
        self.position = nn.Parameter(torch.randn(1, (size // patch) ** 2 + 1, width) * 0.02)
        self.blocks = nn.Sequential(*[VitBlock(width, heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(width, 1e-6)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.start.expand(len(x), -1, -1), x], 1) + self.position
        return self.norm(self.blocks(x))[:, 0]


def network(name, size):
    if name == "small-cnn":
        return small_cnn()
    if name == "vit-tiny":
        return VitTiny(size, 4 if size < 64 else 16), 192
    return resnet(name, size < 64)


def nt_xent(z, temperature):
    z = F.normalize(z.float())
    count = len(z)
    logits = z @ z.T / temperature
    logits = logits.masked_fill(torch.eye(count, dtype=torch.bool, device=z.device), float("-inf"))
    partners = torch.arange(count, device=z.device).roll(count // 2)
    return F.cross_entropy(logits, partners)


class SimClr(nn.Module):
    def __init__(self, backbone, size):
        super().__init__()
        self.backbone, width = network(backbone, size)
        self.projector = nn.Sequential(nn.Linear(width, width, bias=False), nn.BatchNorm1d(width), nn.ReLU(inplace=True),
                                       nn.Linear(width, 128, bias=False), nn.BatchNorm1d(128))

    def forward(self, views):
        return self.projector(self.backbone(views))


def loader(options):
    """The views of SimCLR, on the processor; like Nolabel, no work is kept from one epoch to the next."""
    from PIL import Image
    from torchvision import transforms as T

    size = options.size
    jitter = T.RandomApply([T.ColorJitter(0.8, 0.8, 0.8, 0.2)], p=0.8)
    kernel = max(3, size // 10 | 1)
    blur = [T.RandomApply([T.GaussianBlur(kernel, (0.1, 2.0))], p=0.5)] if size > 32 else []
    augment = T.Compose([T.RandomResizedCrop(size, (0.08, 1.0)), T.RandomHorizontalFlip(), jitter,
                         T.RandomGrayscale(0.2), *blur, T.ToTensor(), T.Normalize([0.5] * 3, [0.25] * 3)])
    files = sorted(pathlib.Path(options.images).rglob("*.jpg"))

    class Pictures(torch.utils.data.Dataset):
        def __len__(self):
            return len(files)

        def __getitem__(self, index):
            picture = Image.open(files[index]).convert("RGB")
            return augment(picture), augment(picture)

    data = torch.utils.data.DataLoader(Pictures(), options.batch, shuffle=True, drop_last=True, persistent_workers=True,
                                       num_workers=options.workers, pin_memory=options.device == "cuda")
    while True:
        yield from data


def same_batch(options):
    views = torch.randn(options.batch, 3, options.size, options.size), torch.randn(options.batch, 3, options.size, options.size)
    if options.device == "cuda":
        views = tuple(view.pin_memory() for view in views)
    while True:
        yield views


def measure(options):
    fast = options.variant not in ("fp32", "channels-last")
    torch.backends.cuda.matmul.allow_tf32 = fast
    torch.backends.cudnn.allow_tf32 = fast
    torch.backends.cudnn.benchmark = True
    amp, compiled = options.variant.startswith("amp"), options.variant.endswith("compile")
    last = amp or options.variant == "channels-last" or (compiled and options.device == "cpu")
    layout = torch.channels_last if last else torch.contiguous_format
    model = SimClr(options.backbone, options.size).to(options.device, memory_format=layout).train()
    run = torch.compile(model) if compiled else model
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, weight_decay=1e-4)
    scaler = torch.amp.GradScaler(options.device, enabled=amp and options.device == "cuda")
    half = torch.float16 if options.device == "cuda" else torch.bfloat16
    batches = loader(options) if options.images else same_batch(options)
    steps, losses, opened = 0, [], time.perf_counter()
    first_steps, begin = 0, opened
    while True:
        first, second = next(batches)
        # The batch comes from the host at every step, as Nolabel's does.
        views = torch.cat([first, second]).to(options.device, non_blocking=True, memory_format=layout)
        with torch.autocast(options.device, half, enabled=amp):
            loss = nt_xent(run(views), 0.2)
        optimizer.zero_grad(set_to_none=True)
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        losses.append(loss.item())
        steps += 1
        if steps <= FEWEST_FIRST_STEPS or begin - opened < options.warm_up:
            first_steps, begin = steps, time.perf_counter()
        elif steps >= first_steps + 4 and time.perf_counter() - begin >= options.seconds:
            break
    seconds = time.perf_counter() - begin
    counted = steps - first_steps
    return {"imagesPerSecond": counted * options.batch / seconds, "millisPerStep": 1000 * seconds / counted,
            "steps": counted, "firstLoss": losses[0], "lastLoss": losses[-1], "torch": torch.__version__}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--variant", choices=["fp32", "tf32", "channels-last", "amp", "compile", "amp-compile"], default="fp32")
    parser.add_argument("--backbone", choices=["resnet18", "resnet50", "small-cnn", "vit-tiny"], default="resnet18")
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--warm-up", type=float, default=0)
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--images")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("torch.json"))
    options = parser.parse_args()
    found = measure(options)
    print(found)
    hidden = options.out.with_suffix(".part")
    hidden.write_text(json.dumps(found) + "\n")
    hidden.rename(options.out)


if __name__ == "__main__":
    main()
