"""Exports real networks with random values, and writes what onnxruntime computes with each file.

Needs torch, torchvision, timm, transformers, keras, onnx, onnxscript and onnxruntime.
  python export.py files FOLDER [NAME...]   one .onnx, .bin and .json per network; goes on where it was
  python export.py table FOLDER             the Markdown of what the Java side found in FOLDER
"""

import json
import os
import signal
import sys
import time
import warnings

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("OMP_NUM_THREADS", "1")
warnings.filterwarnings("ignore")

from networks import exports, made, scale

LIMIT = 400
BATCH = 3


def export(network, how, path):
    import torch
    model, size = made(network)
    if network.library == "keras":
        return size, of_keras(model, size, path), scale(model)
    images = torch.randn(2, 3, size, size)
    if how == "TorchScript":
        opset = network.opset
        torch.onnx.export(
            model, (images,), path, dynamo=False, opset_version=opset, input_names=["image"],
            output_names=["features"], dynamic_axes={"image": {0: "batch"}})
        return size, how, 1.0
    batch = torch.export.Dim("batch", min=1, max=64)
    with torch.no_grad():
        torch.onnx.export(
            model, (images,), path, dynamo=True, external_data=False, verbose=False,
            dynamic_shapes=({0: batch},))
    return size, how, 1.0


def of_keras(model, size, path):
    """Layer norms of Keras can be exported for a fixed batch alone."""
    import keras
    try:
        model.export(path, format="onnx", verbose=False)
        return "keras"
    except Exception:
        fixed = keras.InputSpec(shape=(2, size, size, 3), dtype="float32")
        model.export(path, format="onnx", verbose=False, input_signature=[fixed])
        return "keras, batch of 2"


def pictures(batch, size):
    """Noise, and large patches of colour: means over noise alone are the same for all images."""
    import numpy as np
    draw = np.random.default_rng(5)
    patches = draw.standard_normal((batch, 3, 4, 4)).repeat(size // 4 + 1, 2).repeat(size // 4 + 1, 3)
    noise = draw.standard_normal((batch, 3, size, size))
    return (patches[:, :, :size, :size] + 0.5 * noise).astype(np.float32)


def features(path, size, scale):
    import numpy as np
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options)
    given = session.get_inputs()[0]
    batch = given.shape[0] if isinstance(given.shape[0], int) else BATCH
    images = pictures(batch, size) * np.float32(scale)
    fed = images.transpose(0, 2, 3, 1) if given.shape[-1] == 3 else images
    found = session.run(None, {given.name: np.ascontiguousarray(fed)})[0]
    return images, found.mean((2, 3)) if found.ndim == 4 else found


def one(network, how, folder, stem):
    import numpy as np
    import onnx
    import torch
    torch.manual_seed(3)
    torch.set_num_threads(1)
    path = os.path.join(folder, stem + ".onnx")
    about = {"name": network.name, "library": network.library, "exporter": how}
    try:
        size, about["exporter"], scale = export(network, how, path)
        model = onnx.load(path, load_external_data=False)
        about["opset"] = next(o.version for o in model.opset_import if o.domain in ("", "ai.onnx"))
        about["operators"] = sorted({n.op_type for n in model.graph.node})
        images, expected = features(path, size, scale)
        about["shape"] = list(expected.shape)
        with open(os.path.join(folder, stem + ".bin"), "wb") as out:
            out.write(np.array([len(images), size, *expected.shape[1:]], np.int32).tobytes())
            out.write(images.tobytes())
            out.write(expected.astype(np.float32).tobytes())
    except BaseException as problem:
        about["export_failed"] = repr(problem)[:300]
        if os.path.exists(path):
            os.remove(path)
    with open(os.path.join(folder, stem + ".json"), "w") as out:
        json.dump(about, out)
    print(stem, about.get("export_failed") or [about["opset"], about["shape"]], flush=True)


def forked(network, how, folder, stem):
    """In a process of its own: a crash costs one network."""
    child = os.fork()
    if child == 0:
        signal.alarm(LIMIT)
        sys.stderr = open(os.devnull, "w")
        one(network, how, folder, stem)
        os._exit(0)
    os.waitpid(child, 0)


def files(folder, wanted):
    import torch
    fake = torch.library.register_fake
    # Without its compiled part torchvision still has the networks.
    torch.library.register_fake = lambda op, *a, **k: (
        (lambda f: f) if isinstance(op, str) and op.startswith("torchvision::") else fake(op, *a, **k))
    import timm, torchvision, transformers, onnx, onnxruntime, onnxscript
    libraries = [torch, torchvision, timm, transformers, onnx, onnxscript, onnxruntime]
    versions = {m.__name__: m.__version__ for m in libraries}
    from importlib.metadata import version
    versions["keras"] = version("keras")
    with open(os.path.join(folder, "versions.txt"), "w") as out:
        json.dump(versions, out)
    for network, how in exports():
        stem = "%s.%s.%s" % (network.library, network.name, how)
        chosen = any(w in stem for w in wanted) if wanted else True
        if chosen and not os.path.exists(os.path.join(folder, stem + ".json")):
            forked(network, how, folder, stem)


def row(about, found):
    training = found.get("training", "not tried")
    return "| %s | %s | %s | %s | %s | %s | %s |" % (
        about["name"], about["library"], about["exporter"], about["opset"], found["result"],
        found.get("deviation", ""), training)


def table(folder):
    rows, left = [], []
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".json"):
            continue
        about = json.load(open(os.path.join(folder, name)))
        result = os.path.join(folder, name[:-len(".json")] + ".result")
        if "export_failed" in about:
            left.append("%s (%s, %s)" % (about["name"], about["library"], about["exporter"]))
        elif os.path.exists(result):
            rows.append((about, json.load(open(result))))
    right = sum(found["result"] == "right" for _, found in rows)
    networks = {(a["library"], a["name"]) for a, found in rows if found["result"] == "right"}
    print("%s: %d files, %d right (%d networks), %d refused, %d undecided, %d wrong.\n" % (
        time.strftime("%Y-%m-%d"), len(rows), right, len(networks),
        *(sum(found["result"].startswith(kind) for _, found in rows)
          for kind in ("refused", "undecided", "wrong"))))
    versions = json.load(open(os.path.join(folder, "versions.txt")))
    print("Exported with " + ", ".join("%s %s" % v for v in versions.items()) + ".\n")
    print("| Network | Library | Exporter | Opset | Result | Deviation | A step |")
    print("|---|---|---|---|---|---|---|")
    rows.sort(key=lambda r: (r[0]["library"], r[0]["name"], r[0]["exporter"]))
    print("\n".join(row(*r) for r in rows))
    if left:
        print("\nNot exported, as the exporter itself failed: " + ", ".join(left) + ".")


if sys.argv[1] == "files":
    os.makedirs(sys.argv[2], exist_ok=True)
    files(sys.argv[2], sys.argv[3:])
else:
    table(sys.argv[2])
