"""Tiny image towers of CLIP with random weights, and what they make of images.

For each tower NAME.safetensors as its library saves it, and NAME-expected.safetensors with images
[2, 3, 16, 16] and feature [2, 32], the class token after the last normalisation, before the
projection: open_clip's with the quick GELU, within a whole CLIP; open_clip's image tower alone, with
GELU; transformers', within a whole CLIP; transformers' image tower alone, with GELU.

    python make.py FOLDER      (torch, transformers, open_clip_torch, safetensors)
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


def save(name, model, feature):
    tensors = {key: value.detach().contiguous().clone() for key, value in model.state_dict().items()}
    save_file(tensors, FOLDER / f"{name}.safetensors", metadata={"format": "pt"})
    save_file({"images": IMAGES, "feature": feature.contiguous().clone()},
              FOLDER / f"{name}-expected.safetensors")


def open_clip(name, quick, layers, part):
    from open_clip.model import CLIP

    model = shaken(CLIP(
        embed_dim=16,
        vision_cfg=dict(layers=layers, width=32, head_width=16, patch_size=8, image_size=16),
        text_cfg=dict(context_length=8, vocab_size=10, width=16, heads=2, layers=1),
        quick_gelu=quick))
    seen = []
    model.visual.ln_post.register_forward_hook(lambda module, given, made: seen.append(made))
    projected = model.encode_image(IMAGES)
    feature = seen[0] if seen[0].dim() == 2 else seen[0][:, 0]
    assert torch.allclose(feature @ model.visual.proj, projected, atol=1e-5)
    save(name, part(model), feature)


def transformers(name):
    from transformers import CLIPConfig, CLIPModel

    model = shaken(CLIPModel(CLIPConfig(
        vision_config=dict(
            hidden_size=32, intermediate_size=128, num_hidden_layers=2, num_attention_heads=2,
            image_size=16, patch_size=8),
        text_config=dict(
            vocab_size=10, hidden_size=16, intermediate_size=64, num_hidden_layers=1,
            num_attention_heads=2, max_position_embeddings=8, bos_token_id=8, eos_token_id=9),
        projection_dim=16)))
    save(name, model, model.vision_model(pixel_values=IMAGES).pooler_output)


def transformers_alone(name):
    from transformers import CLIPVisionConfig, CLIPVisionModel

    model = shaken(CLIPVisionModel(CLIPVisionConfig(
        hidden_size=32, intermediate_size=128, num_hidden_layers=1, num_attention_heads=2,
        image_size=16, patch_size=8, hidden_act="gelu")))
    save(name, model, model(pixel_values=IMAGES).pooler_output)


with torch.no_grad():
    open_clip("open-quick", True, 2, lambda model: model)
    open_clip("open-gelu", False, 1, lambda model: model.visual)
    transformers("transformers-quick")
    transformers_alone("transformers-gelu")
