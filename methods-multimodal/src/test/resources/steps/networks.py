"""The networks, by the papers: ViT, BERT, CLIP's text transformer, and a plain convolutional one.

p gives a parameter by the rest of its path.
"""

import torch
from torch.nn import functional as F

HEADS = 2


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
