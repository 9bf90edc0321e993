"""The networks that are tried, made with random values: every bias, gain and statistic counts."""

from collections import namedtuple

Network = namedtuple("Network", "library name size options opset")

TORCHVISION = """resnet18 resnext50_32x4d wide_resnet50_2 vgg11_bn densenet121 mobilenet_v2
mobilenet_v3_large efficientnet_b0 efficientnet_v2_s shufflenet_v2_x1_0 mnasnet0_5 googlenet
inception_v3:299 convnext_tiny swin_t swin_v2_t maxvit_t:224 vit_b_32:96 regnet_y_400mf
squeezenet1_1 alexnet"""

TIMM = """resnet34 resnet50 resnetv2_50 resnetv2_50x1_bit regnetx_004 vit_tiny_patch16_224=96
convnextv2_atto convnext_atto swin_tiny_patch4_window7_224:224 swinv2_tiny_window8_256:256
maxvit_tiny_rw_224:224 deit_tiny_patch16_224=96 deit3_small_patch16_224=96 beit_base_patch16_224=96
beitv2_base_patch16_224=96 eva02_tiny_patch14_224=98 vit_small_patch14_dinov2=98
vit_small_patch14_reg4_dinov2=98 vit_small_patch16_dinov3=96 vit_base_patch16_siglip_224=96
vit_base_patch32_clip_224=96 xcit_nano_12_p16_224:96 cait_xxs24_224=96 pit_ti_224:224 levit_128s:224
efficientformer_l1:224 efficientformerv2_s0:224 efficientvit_b0 efficientvit_m0:224 edgenext_xx_small
mobilevit_xxs mobilevitv2_050 fastvit_t8:256 ghostnet_100 ghostnetv2_100 hrnet_w18_small dla34
res2net50_26w_4s resnest14d skresnet18 seresnet18 nfnet_l0 dm_nfnet_f0 eca_nfnet_l0 ecaresnet26t
coatnet_nano_rw_224:224 coat_tiny:224 coat_lite_tiny:224 poolformer_s12 poolformerv2_s12
mixer_s32_224:224 gmlp_ti16_224:224 resmlp_12_224:224 convmixer_768_32 volo_d1_224:224
tnt_s_patch16_224:224 twins_svt_small:224 twins_pcpvt_small:224 pvt_v2_b0 nest_tiny:224
focalnet_tiny_srf:224 davit_tiny:224 gcvit_xxtiny:224 hiera_tiny_224:224 repvgg_a0 repghostnet_050
rexnet_100 tinynet_e lcnet_050 mobileone_s0 cspdarknet53 cspresnet50 ese_vovnet19b_dw selecsls42b
tresnet_m mobilenetv4_conv_small tf_efficientnetv2_b0 tf_efficientnet_lite0 inception_v4:299
inception_resnet_v2:299 xception41 visformer_tiny:224 crossvit_tiny_240:240 convit_tiny:224
mvitv2_tiny:224 mobilenetv3_small_050 caformer_s18 convformer_s18 starnet_s1 rdnet_tiny hgnetv2_b0
repvit_m0_9 swiftformer_xs:224 tiny_vit_5m_224:224 sequencer2d_s:224 samvit_base_patch16_224:224
vit_relpos_small_patch16_224:224 vit_srelpos_small_patch16_224:224 vitamin_small_224:224 dpn48b
halonet26t:256 lambda_resnet26t:256 botnet26t_256:256 bat_resnext26ts:256 gcresnet33ts
mambaout_femto naflexvit_base_patch16_gap:384"""

TRANSFORMERS = """ViT ViTMAE Dinov2 Dinov2WithRegisters Beit ConvNext ConvNextV2 Swin Swinv2
SiglipVision CLIPVision ResNet MobileViT Levit PvtV2 Data2VecVision DeiT Cvt RegNet Segformer
MobileNetV2 Bit ViTMSN PoolFormer DINOv3ViT"""

KERAS = """ResNet50 MobileNetV2 EfficientNetB0 EfficientNetV2B0 DenseNet121 ConvNeXtTiny Xception VGG16"""

# What keeps a network of transformers small; its other settings are the library's own.
SMALL = {
    "ViT": dict(hidden_size=96, num_hidden_layers=3, num_attention_heads=3, intermediate_size=192),
    "ConvNext": dict(depths=[2, 2, 2, 2], hidden_sizes=[32, 64, 96, 128]),
    "Swin": dict(embed_dim=48, depths=[2, 2, 2, 2], num_heads=[2, 4, 6, 8], window_size=4),
}
ALIKE = {"ViTMAE": "ViT", "Dinov2": "ViT", "Dinov2WithRegisters": "ViT", "Beit": "ViT", "DeiT": "ViT",
         "SiglipVision": "ViT", "CLIPVision": "ViT", "Data2VecVision": "ViT", "ViTMSN": "ViT",
         "DINOv3ViT": "ViT",
         "ConvNextV2": "ConvNext", "Swinv2": "Swin"}
MORE = {"ViTMAE": dict(mask_ratio=0.0),
        "Swin": dict(image_size=128), "Swinv2": dict(image_size=128),
        "Beit": dict(use_relative_position_bias=True)}


# Features beyond this are of a network that enlarges differences, and rounding errors, from layer
# to layer: few images had said too little of what its channels hold.
STEEP = 1000


def listed(library, text):
    for i, item in enumerate(text.split()):
        name, options, size = item, {}, 96
        if "=" in item:
            name, size = item.split("=")
            options, size = {"img_size": int(size)}, int(size)
        elif ":" in item:
            name, size = item.split(":")
            size = int(size)
        # Rotary positions need scaled attention, which came with 14.
        yield Network(library, name, size, options, 14 + i % 5)


NETWORKS = [*listed("torchvision", TORCHVISION), *listed("timm", TIMM),
            *listed("transformers", TRANSFORMERS), *listed("keras", KERAS)]


def exports():
    """The faster exporter first, so that an interrupted run has seen most networks."""
    torches = [n for n in NETWORKS if n.library != "keras"]
    return ([(n, "TorchScript") for n in torches]
            + [(n, "keras") for n in NETWORKS if n.library == "keras"]
            + [(n, "dynamo") for n in torches])


def made(network):
    import torch
    model, size = {"torchvision": of_torchvision, "timm": of_timm,
                   "transformers": of_transformers, "keras": of_keras}[network.library](network)
    if isinstance(model, torch.nn.Module) and network.library != "keras":
        scramble(model, size)
    return model, size


def of_torchvision(network):
    import torchvision
    from torch import nn
    more = {"init_weights": True} if network.name in ("googlenet", "inception_v3") else {}
    if network.name.startswith("vit"):
        more["image_size"] = network.size
    model = torchvision.models.get_model(network.name, weights=None, **more)
    if network.name in ("vgg11_bn", "alexnet", "squeezenet1_1"):
        return model.features, network.size
    linear = [name for name, module in model.named_modules() if isinstance(module, nn.Linear)][-1]
    model.set_submodule(linear, nn.Identity())
    return model, network.size


def of_timm(network):
    import timm
    return timm.create_model(
        network.name, pretrained=False, num_classes=0, **network.options), network.size


def of_transformers(network):
    import torch
    import transformers
    kind = network.name
    config = getattr(transformers, kind + "Config")
    settings = {**SMALL.get(ALIKE.get(kind, kind), {}), **MORE.get(kind, {})}
    size = settings.get("image_size", 96)
    if "image_size" in config().to_dict():
        settings["image_size"] = size
    config = config(**settings)
    config._attn_implementation = "sdpa" if kind in ("ViT", "CLIPVision", "Dinov2") else "eager"
    model = getattr(transformers, kind + "Model")(config)

    class Features(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, image):
            out = self.model(pixel_values=image)
            pooled = getattr(out, "pooler_output", None)
            if pooled is not None:
                return pooled.flatten(1)
            last = out.last_hidden_state
            return last.mean((2, 3)) if last.ndim == 4 else last[:, 0]

    return Features(), size


def of_keras(network):
    import keras
    import numpy as np
    keras.utils.set_random_seed(3)
    model = getattr(keras.applications, network.name)(
        weights=None, include_top=False, pooling="avg", input_shape=(96, 96, 3))
    draw = np.random.default_rng(3)
    for weight in model.weights:
        old = np.asarray(weight.detach().cpu() if hasattr(weight, "detach") else weight)
        if old.size > 1 and old.std() == 0 and old.dtype == np.float32:
            weight.assign(varied(old.flat[0], draw.random(old.shape).astype(np.float32)))
    settle_keras(model)
    return model, 96


def settle_keras(model):
    """Moved statistics near those of some images, as settle() does."""
    import keras
    import numpy as np
    norms = [m for m in model.layers if isinstance(m, keras.layers.BatchNormalization)]
    for norm in norms:
        norm.momentum = 0.0
    shown = scale(model) * images(8, 96).numpy().transpose(0, 2, 3, 1)
    model(shown, training=bool(norms))
    draw = np.random.default_rng(4)
    for norm in norms:
        width = norm.moving_mean.shape
        deviation = np.sqrt(keras.ops.convert_to_numpy(norm.moving_variance))
        norm.moving_mean.assign_add((draw.random(width) - 0.5) * 0.2 * deviation)
        norm.moving_variance.assign(deviation**2 * (0.7 + 0.6 * draw.random(width)))


def scale(model):
    """Of a network's images: some divide by 255 themselves."""
    names = [type(layer).__name__ for layer in getattr(model, "layers", [])]
    return 64.0 if "Rescaling" in names or "Normalization" in names else 1.0


def varied(value, uniform):
    """Constant first values, as zeros of biases and ones of gains, hide what is done with them."""
    if value == 0:
        return (uniform - 0.5) * 0.2
    return (0.7 + 0.6 * uniform) if value == 1 else (0.2 + 0.4 * uniform)


def scramble(model, size):
    """Moved statistics are near those of images, else deep networks make all images alike."""
    import torch
    with torch.no_grad():
        for p in [*model.parameters(), *model.buffers()]:
            if p.is_floating_point() and p.numel() > 1 and float(p.std()) == 0:
                p.copy_(varied(float(p.flatten()[0]), torch.rand_like(p)))
        model.eval()
        norms = [m for m in model.modules() if getattr(m, "running_mean", None) is not None]
        settle(model, norms, size, 4)
        seen = images(3, size) if norms else torch.randn(2, 3, size, size) * torch.rand(2, 3, 1, 1)
        if alike(model, seen):
            louder(model, (2, 3, 4) if norms else (2,))
            settle(model, norms, size, 16)
        elif norms and float(model(seen).abs().max()) > STEEP:
            settle(model, norms, size, 16)


def images(batch, size):
    import torch
    coarse = torch.nn.functional.interpolate(torch.randn(batch, 3, 4, 4), (size, size))
    return coarse + torch.randn(batch, 3, size, size) / 2


def settle(model, norms, size, batch):
    """Statistics near those of some images, as training would have moved them."""
    import torch
    for norm in norms:
        norm.momentum = 1.0
        norm.train()
    if norms:
        model(images(batch, size))
    for norm in norms:
        norm.eval()
        norm.running_mean += (torch.rand_like(norm.running_mean) - 0.5) * norm.running_var.sqrt() * 0.2
        norm.running_var *= 0.7 + 0.6 * torch.rand_like(norm.running_var)


def alike(model, images):
    found = model(images)
    return float((found[0] - found[1]).abs().max()) < 0.02 * float(found.abs().max())


def louder(model, ranks):
    """First matrices of transformers can be so small that all images look alike in the end."""
    for p in model.parameters():
        if p.ndim in ranks:
            p.mul_(max(1.0, 2 * p[0].numel() ** -0.5 / float(p.std())))
