"""Tiny vision transformers with random weights, and what they make of images.

For each network NAME.safetensors as its library saves it, and NAME-expected.safetensors with images
[2, 3, 16, 16] and feature [2, 32], the class token after the last normalisation: timm's with
LayerScale as DINOv2 has it, with registers besides, whose positions leave out the class token, and
with normalised queries and keys; transformers' DINOv2 with registers, under the names of the
published files, and its ViT with a classifier, under the names of version 5.

    python make.py FOLDER      (torch, timm, transformers 5, safetensors)
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

# torchvision's binary operators are not needed, their names are.
LIBRARY = torch.library.Library("torchvision", "DEF")
LIBRARY.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
LIBRARY.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

torch.manual_seed(1)
FOLDER = Path(sys.argv[1])
IMAGES = torch.randn(2, 3, 16, 16, generator=torch.Generator().manual_seed(3))


def shaken(model):
    """Every parameter away from its first value, which is often 0 or 1."""
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.1 * torch.randn(parameter.shape, generator=generator))
    return model.eval()


def save(name, model, feature, rename=lambda key: key):
    tensors = {rename(key): value.detach().contiguous().clone()
               for key, value in model.state_dict().items()}
    save_file(tensors, FOLDER / f"{name}.safetensors", metadata={"format": "pt"})
    save_file({"images": IMAGES, "feature": feature.contiguous().clone()},
              FOLDER / f"{name}-expected.safetensors")


def timm(name, depth, **options):
    from timm.models.vision_transformer import VisionTransformer

    model = shaken(VisionTransformer(
        img_size=16, patch_size=8, embed_dim=32, depth=depth, num_heads=2, num_classes=0, **options))
    save(name, model, model.forward_features(IMAGES)[:, 0])


SHAPE = dict(image_size=16, patch_size=8, hidden_size=32, num_attention_heads=2)


def dinov2(name):
    from transformers import Dinov2WithRegistersConfig, Dinov2WithRegistersModel

    model = shaken(Dinov2WithRegistersModel(Dinov2WithRegistersConfig(
        num_hidden_layers=1, num_register_tokens=3, **SHAPE)))
    published = {"q_proj": "attention.query", "k_proj": "attention.key", "v_proj": "attention.value",
                 "o_proj": "output.dense"}

    def rename(key):
        for new, old in published.items():
            key = key.replace(f"attention.{new}.", f"attention.{old}.")
        return key

    save(name, model, model(pixel_values=IMAGES).last_hidden_state[:, 0], rename)


def classifier(name):
    from transformers import ViTConfig, ViTForImageClassification

    model = shaken(ViTForImageClassification(ViTConfig(
        num_hidden_layers=2, intermediate_size=128, layer_norm_eps=1e-6, **SHAPE)))
    save(name, model, model.vit(pixel_values=IMAGES).last_hidden_state[:, 0])


with torch.no_grad():
    timm("timm-scale", 1, init_values=0.1)
    timm("timm-registers", 1, init_values=0.1, reg_tokens=2, no_embed_class=True)
    timm("timm-normed", 1, qk_norm=True)
    dinov2("transformers-dinov2")
    classifier("transformers-classifier")
