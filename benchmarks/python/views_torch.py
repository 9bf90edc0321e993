"""Images per second of SimCLR's two views by torchvision, from JPEG files, on one thread.

  views_torch.py --images FOLDER --size PIXELS --variant pillow|draft|decode_jpeg --seconds 8 --out FILE

pillow decodes whole files; draft lets Pillow decode at 1/2, 1/4 or 1/8 where both crops still have
as many pixels as their views (Image.draft); decode_jpeg decodes by torchvision.io and changes
tensors. The changes are those of Nolabel's simclr: crop, flip, jitter, grey, blur.
"""
import argparse
import json
import pathlib
import time

import torch

torch.set_num_threads(1)
library = torch.library.Library("torchvision", "DEF")  # Missing where torch was built otherwise; unused here.
try:
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
except RuntimeError:
    pass
from PIL import Image
from torchvision.transforms import InterpolationMode, v2


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", required=True, type=pathlib.Path)
    parser.add_argument("--size", required=True, type=int)
    parser.add_argument("--variant", required=True, choices=["pillow", "draft", "decode_jpeg"])
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    return parser.parse_args()


def main():
    asked = parse()
    bicubic = InterpolationMode.BICUBIC
    crop = v2.RandomResizedCrop(asked.size, scale=(0.08, 1), interpolation=bicubic, antialias=True)
    finish = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True),
              v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])]
    change = v2.Compose([
        v2.RandomHorizontalFlip(), v2.RandomApply([v2.ColorJitter(0.8, 0.8, 0.8, 0.2)], 0.8),
        v2.RandomGrayscale(0.2),
        v2.RandomApply([v2.GaussianBlur(asked.size // 20 * 2 + 1, (0.1, 2.0))], 0.5), *finish])

    def views(file):
        if asked.variant == "draft":
            return drafted(file)
        if asked.variant == "pillow":
            image = Image.open(file).convert("RGB")
        else:
            from torchvision.io import ImageReadMode, decode_jpeg, read_file
            image = decode_jpeg(read_file(str(file)), mode=ImageReadMode.RGB)
        return [change(crop(image)) for _ in range(2)]

    def drafted(file):
        image = Image.open(file)
        width, height = image.size
        boxes = [crop.make_params([image]) for _ in range(2)]
        surplus = min(min(box["height"], box["width"]) for box in boxes) / asked.size
        divisor = max(d for d in (1, 2, 4, 8) if d <= max(1, surplus))
        if divisor > 1:
            image.draft("RGB", (width // divisor, height // divisor))
        image = image.convert("RGB")
        across, down = image.width / width, image.height / height
        found = []
        for box in boxes:
            left, top = box["left"] * across, box["top"] * down
            part = (left, top, left + box["width"] * across, top + box["height"] * down)
            found.append(change(image.resize((asked.size, asked.size), Image.BICUBIC, box=part)))
        return found

    files = sorted(asked.images.rglob("*.jpg"))
    rate(views, files, asked.seconds / 4)
    found = rate(views, files, asked.seconds)
    asked.out.write_text(json.dumps(found))
    print(found)


def rate(views, files, seconds):
    begin, processor = time.perf_counter(), time.process_time()
    count = 0
    while time.perf_counter() - begin < seconds:
        views(files[count % len(files)])
        count += 1
    return {"imagesPerSecond": count / (time.perf_counter() - begin),
            "imagesPerCpuSecond": count / (time.process_time() - processor)}


if __name__ == "__main__":
    main()
