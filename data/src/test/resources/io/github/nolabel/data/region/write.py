"""Writes the files of regions that RegionFileTest reads: python write.py (numpy, safetensors)."""
import os
import numpy as np
from safetensors.numpy import save_file

os.chdir(os.path.dirname(os.path.abspath(__file__)))
x = (np.arange(6).reshape(2, 3) / 4 - 0.5).astype(np.float32)
pixels = np.array([[0, 0, 32, 12], [16, 6, 64, 24]], np.float32)
shares = pixels / np.array([64, 24, 64, 24], np.float32)

for name, kind in (("float16", np.float16), ("float32", np.float32), ("float64", np.float64)):
    np.save(name + ".npy", x.astype(kind))
with open("version2.npy", "wb") as out:
    np.lib.format.write_array(out, x, version=(2, 0))
np.savez("pixels.npz", features=x, boxes=pixels, width=64, height=24)
np.savez_compressed("deflated.npz", x=x.astype(np.float16), bbox=pixels, image_w=64, image_h=24.0)
np.savez("shares.npz", feat=x, bbox=shares)
np.savez("nameless.npz", x)
save_file({"features": x, "boxes": shares}, "shares.safetensors")
save_file({"x": x.astype(np.float64), "boxes": pixels.astype(np.int64), "width": np.array(64),
           "height": np.array([24])}, "pixels.safetensors", {"by": "a detector"})

np.save("fortran.npy", np.asfortranarray(x))
np.save("int64.npy", np.arange(6).reshape(2, 3))
np.save("bigendian.npy", x.astype(">f4"))
np.save("objects.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
np.save("fields.npy", np.zeros((2,), dtype=[("a", "<f4"), ("b", "<f4")]))
np.save("vector.npy", x[0])
np.save("empty.npy", x[:0])
nan = x.copy()
nan[1, 2] = np.nan
np.save("nan.npy", nan)
np.save("large.npy", np.full((1, 1), 1e300))
np.savez("threeboxes.npz", features=x, boxes=np.zeros((3, 4)))
np.savez("unscaled.npz", features=x, boxes=pixels)
np.savez("half.npz", features=x, boxes=pixels, width=64)
np.savez("backwards.npz", features=x, boxes=np.ascontiguousarray(shares[:, [2, 3, 0, 1]]))
np.savez("sizeless.npz", features=x, boxes=pixels, width=0, height=24)

# Classes: two regions of three; as a detector writes them in half precision, they add up to 0.999.
p = np.array([[0.5, 0.25, 0.25], [0, 0.0999, 0.9]], np.float32)
np.savez("classes.npz", features=x, boxes=pixels, width=64, height=24, classes=p)
save_file({"features": x, "boxes": shares, "cls_prob": p.astype(np.float16)}, "classes.safetensors")
np.savez("logits.npz", features=x, soft_labels=np.log(p + 1))
np.savez("negative.npz", features=x, classes=np.array([[1.5, -0.5], [1, 0]], np.float32))
np.savez("labels.npz", features=x, classes=np.array([3, 7]))
np.savez("fewclasses.npz", features=x, classes=p[:1])
