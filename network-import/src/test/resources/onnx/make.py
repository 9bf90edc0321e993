"""Makes the ONNX files beside it, with inputs and the exporters' own features.

Needs torch, torchvision, timm, onnx, onnxscript and onnxruntime; optional: keras.
Run: python make.py [NAME...]. The files are small on purpose: random weights, thin layers.
"""

import os
import sys
import warnings

os.environ.setdefault("KERAS_BACKEND", "torch")
warnings.filterwarnings("ignore")

import numpy as np
import torch

_fake = torch.library.register_fake
torch.library.register_fake = lambda op, *a, **k: (
    (lambda f: f) if isinstance(op, str) and op.startswith("torchvision::") else _fake(op, *a, **k)
)

import onnx
import onnxruntime
import timm
import torchvision
from torch import nn
from torchvision.models import convnext, mobilenetv3, resnet, vision_transformer

HERE = os.path.dirname(os.path.abspath(__file__))


def scrambled(model):
    """Random statistics and gains, so that normalisation does something."""
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.uniform_(-0.3, 0.3)
            module.running_var.uniform_(0.5, 1.5)
            module.weight.data.uniform_(0.7, 1.3)
            module.bias.data.uniform_(-0.2, 0.2)
    return model.eval()


def thin_resnet():
    model = resnet.ResNet(resnet.BasicBlock, [1, 1, 1, 1], num_classes=5)
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Conv2d):
                new = nn.Conv2d(
                    max(3, child.in_channels // 16), child.out_channels // 16, child.kernel_size,
                    child.stride, child.padding, bias=False)
                setattr(module, name, new)
            elif isinstance(child, nn.BatchNorm2d):
                setattr(module, name, nn.BatchNorm2d(child.num_features // 16))
    model.fc = nn.Identity()
    return scrambled(model)


def mobilenet():
    block = mobilenetv3.InvertedResidualConfig
    model = mobilenetv3.MobileNetV3(
        [block(16, 3, 16, 16, True, "RE", 2, 1, 0.5), block(16, 3, 32, 24, False, "HS", 2, 1, 0.5),
         block(24, 5, 48, 24, True, "HS", 1, 1, 0.5)], last_channel=32)
    model.classifier = nn.Identity()
    return scrambled(model)


def vit():
    model = vision_transformer.VisionTransformer(
        image_size=32, patch_size=8, num_layers=2, num_heads=2, hidden_dim=16, mlp_dim=32)
    model.heads = nn.Identity()
    model.encoder.pos_embedding.data.normal_(std=0.3)
    return model.eval()


def timm_vit():
    return timm.create_model(
        "vit_tiny_patch16_224", img_size=32, patch_size=8, embed_dim=24, depth=2, num_heads=3,
        num_classes=0).eval()


class SpaceMean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3), keepdim=True)


def convnext_like():
    setting = [convnext.CNBlockConfig(16, 24, 1), convnext.CNBlockConfig(24, None, 1)]
    model = convnext.ConvNeXt(setting, layer_scale=0.5)
    model.classifier[2] = nn.Identity()
    # The dynamo exporter makes gathers over the flattened batch of an adaptive pooling.
    model.avgpool = SpaceMean()
    return model.eval()


def timm_model(name, **options):
    return lambda: scrambled(timm.create_model(name, num_classes=0, **options))


class Old(nn.Module):
    """Operators of older exporters, and a group normalisation."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, (3, 1), padding=(1, 0))
        self.norm = nn.GroupNorm(2, 8)
        self.act = nn.PReLU()
        self.pool = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.mean = nn.AvgPool2d(3, 2, padding=1, count_include_pad=False)
        self.drop = nn.Dropout(0.5)
        self.out = nn.Linear(8 * 5 * 5, 6)

    def forward(self, x):
        x = self.pool(self.act(self.norm(self.conv(x))))
        x = self.mean(nn.functional.elu(x) + nn.functional.leaky_relu(x, 0.2))
        x = self.drop(x.reshape(x.shape[0], -1))
        return torch.softmax(self.out(x[:, :200]), 1)


def script(model, size, opset, keep_norm, dynamic=True):
    def export(path):
        mode = torch.onnx.TrainingMode.PRESERVE if keep_norm else torch.onnx.TrainingMode.EVAL
        torch.onnx.export(
            model, (torch.randn(1, 3, size, size),), path, dynamo=False, opset_version=opset,
            training=mode, do_constant_folding=not keep_norm, input_names=["image"],
            output_names=["out"], dynamic_axes={"image": {0: "batch"}} if dynamic else None)
    return export


def dynamo(model, size, dynamic=True):
    def export(path):
        batch = torch.export.Dim("batch", min=1, max=64)
        torch.onnx.export(
            model, (torch.randn(2, 3, size, size),), path, dynamo=True, external_data=False,
            dynamic_shapes=({0: batch},) if dynamic else None)
    return export


def keras_net(path):
    import keras
    from keras import layers
    keras.utils.set_random_seed(1)
    image = keras.Input((32, 32, 3))
    x = layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(image)
    x = layers.ReLU(6.0)(layers.BatchNormalization(momentum=0.99)(x))
    x = layers.DepthwiseConv2D(3, strides=2, padding="same")(x)
    x = layers.Conv2D(12, 1, activation="gelu")(x)
    x = layers.MaxPooling2D(2, padding="same")(x)
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(image, layers.Dense(10)(x))
    model(np.zeros((2, 32, 32, 3), np.float32))
    model.export(path, format="onnx", verbose=False)


def half(path):
    script(thin_resnet(), 32, 17, True)(path)
    model = onnx.load(path)
    for tensor in model.graph.initializer:
        if tensor.data_type == 1:
            narrow = onnx.numpy_helper.to_array(tensor).astype(np.float16)
            tensor.CopyFrom(onnx.numpy_helper.from_array(narrow, tensor.name))
    for node in model.graph.node:
        for i, name in enumerate(node.input):
            if any(t.name == name and t.data_type == 10 for t in model.graph.initializer):
                node.input[i] = name + ":wide"
    wide = [onnx.helper.make_node("Cast", [t.name], [t.name + ":wide"], to=1)
            for t in model.graph.initializer if t.data_type == 10]
    nodes = wide + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, path)


CASES = {
    "resnet-script": (32, lambda: script(thin_resnet(), 32, 17, True)),
    "resnet-folded": (32, lambda: script(thin_resnet(), 32, 13, False)),
    "resnet-dynamo": (32, lambda: dynamo(thin_resnet(), 32)),
    "resnet-fixed-batch": (32, lambda: dynamo(thin_resnet(), 32, False)),
    "resnet-half": (32, lambda: half),
    "mobilenet-script": (32, lambda: script(mobilenet(), 32, 14, True)),
    "mobilenet-dynamo": (32, lambda: dynamo(mobilenet(), 32)),
    "vit-script": (32, lambda: script(vit(), 32, 17, False)),
    "vit-fixed-batch": (32, lambda: script(vit(), 32, 14, False, False)),
    "vit-dynamo": (32, lambda: dynamo(vit(), 32)),
    "timm-vit-script": (32, lambda: script(timm_vit(), 32, 16, True)),
    "timm-vit-dynamo": (32, lambda: dynamo(timm_vit(), 32)),
    "convnext-script": (32, lambda: script(convnext_like(), 32, 12, False)),
    "convnext-dynamo": (32, lambda: dynamo(convnext_like(), 32)),
    "timm-efficientnet-script": (32, lambda: script(timm_model("test_efficientnet")(), 32, 18, True)),
    "old-script": (19, lambda: script(Old().eval(), 19, 11, False)),
    "keras": (32, lambda: keras_net),
}


def make(name, size, exporter):
    torch.manual_seed(3)
    path = os.path.join(HERE, name + ".onnx")
    exporter()(path)
    model = onnx.load(path)
    model.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    del model.graph.value_info[:]
    onnx.save(model, path)
    options = onnxruntime.SessionOptions()
    session = onnxruntime.InferenceSession(path, options)
    given = session.get_inputs()[0]
    batch = given.shape[0] if isinstance(given.shape[0], int) else 2
    images = np.random.default_rng(5).standard_normal((batch, 3, size, size)).astype(np.float32)
    fed = images.transpose(0, 2, 3, 1) if given.shape[-1] == 3 else images
    features = session.run(None, {given.name: np.ascontiguousarray(fed)})[0]
    with open(os.path.join(HERE, name + ".bin"), "wb") as out:
        out.write(np.array([batch, size, *features.shape[1:]], np.int32).tobytes())
        out.write(images.tobytes())
        out.write(features.astype(np.float32).tobytes())
    print(name, os.path.getsize(path), model.opset_import[0].version, features.shape,
          sorted({n.op_type for n in model.graph.node}), flush=True)


for wanted in sys.argv[1:] or CASES:
    try:
        make(wanted, *CASES[wanted])
    except Exception as problem:
        print(wanted, "FAILED", repr(problem)[:600], flush=True)
