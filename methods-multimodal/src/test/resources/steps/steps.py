"""Three updates of each method of images and texts, written from the papers in PyTorch and float64.

Reads what WholeStepsTest dumps (first values and batches) and computes losses, norms of gradients
and the state after the last update by automatic differentiation. Writes NAME.txt beside this file
(a sum and a sum of squares per tensor) and prints how far the dumped run is from it, element by
element. Needs torch and numpy.

    mvn -pl methods-multimodal -am test -Dtest=WholeStepsTest -Dnolabel.steps=/tmp/steps \
        -Dsurefire.failIfNoSpecifiedTests=false          # fails while numbers are missing; dumps all
    python steps.py /tmp/steps [NAME ...]

Random draws are made (draws.py) from the generator that RandomOps documents; nothing drawn is read from
the dump. Objectives are in contrast.py and reading.py, layers in networks.py.
"""

import json
import math
import pathlib
import sys

import numpy as np
import torch

from contrast import clip, siglip, slip, vse, vse_max
from draws import key_of
from reading import RUN, albef, follow, simvlm, uniter, uniter_all

STEPS = 3
PEAK, WARMUP, DECAY, BETAS, EPSILON, CLIP = 1e-2, 2, 0.1, (0.9, 0.999), 1e-3, 1.0
METHODS = {
    "clip": clip, "siglip": siglip, "slip": slip, "vse": vse, "vse_max": vse_max,
    "vse_regions": vse, "albef": albef, "albef_cnn": albef, "simvlm": simvlm, "uniter": uniter,
    "uniter_all": uniter_all, "uniter_classes": uniter_all}
AFTER = {"albef": follow, "albef_cnn": follow}


# Training


def rate(step):
    """Of update `step`, counted from zero: linear warm-up, then half a cosine to zero."""
    if step < WARMUP:
        return PEAK * (step + 1) / WARMUP
    return PEAK * 0.5 * (1 + math.cos(math.pi * (step - WARMUP) / (RUN - WARMUP)))


FREE = ("bias", "hidden", "norm/weight", "norm1/weight", "norm2/weight", "norm_cross/weight", "position",
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
