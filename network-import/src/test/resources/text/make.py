"""Tiny text towers of transformers and open_clip with random weights, and what they make of texts.

For each tower NAME.safetensors as its library saves it, and NAME-expected.safetensors with ids and
mask [N, L] (as floats), tokens [N, L, 32] and, of CLIP's, the pooled feature [N, 32].

    python make.py FOLDER      (torch, transformers, open_clip_torch, safetensors, onnx, onnxscript)
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
IDS = torch.tensor([[1, 7, 9, 20, 33, 5, 11, 2], [1, 30, 4, 8, 2, 0, 0, 0]])
MASK = torch.tensor([[1] * 8, [1] * 5 + [0] * 3])
CLIP_IDS = torch.tensor(
    [[38, 7, 9, 20, 33, 5, 11, 3, 17, 21, 2, 39], [38, 30, 4, 8, 39, 0, 0, 0, 0, 0, 0, 0]])
CLIP_MASK = torch.tensor([[1] * 12, [1] * 5 + [0] * 7])


def shaken(model):
    """Every parameter away from its first value, which is often 0 or 1."""
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.1 * torch.randn(parameter.shape, generator=generator))
    return model.eval()


def save(name, model, expected):
    tensors = {key: value.detach().contiguous().clone() for key, value in model.state_dict().items()}
    save_file(tensors, FOLDER / f"{name}.safetensors", metadata={"format": "pt"})
    floats = {key: value.detach().float().contiguous().clone() for key, value in expected.items()}
    save_file(floats, FOLDER / f"{name}-expected.safetensors")


def bert():
    from transformers import BertConfig, BertForMaskedLM, BertModel

    config = BertConfig(
        vocab_size=40, hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=128, max_position_embeddings=16)
    for name, model in (("bert", BertModel(config)), ("bert-mlm", BertForMaskedLM(config))):
        shaken(model)
        inner = model if name == "bert" else model.bert
        tokens = inner(input_ids=IDS, attention_mask=MASK).last_hidden_state
        save(name, model, {"ids": IDS, "mask": MASK, "tokens": tokens})
        if name == "bert":
            export(model, "bert-dynamo", dynamo=True)
            export(model, "bert-script", dynamo=False)
            export(model, "bert-index-script", dynamo=False, expanded=False)


class Tokens(torch.nn.Module):
    """The three inputs that files of BERT have, and its first output.

    Transformers before 5.0 expanded the mask; it looks it up by index since, if it is not expanded.
    """

    def __init__(self, model, expanded):
        super().__init__()
        self.model = model
        self.expanded = expanded

    def forward(self, input_ids, attention_mask, token_type_ids):
        hidden = (1.0 - attention_mask[:, None, None, :].float()) * -10000.0
        mask = hidden if self.expanded else attention_mask
        return self.model(
            input_ids=input_ids, attention_mask=mask, token_type_ids=token_type_ids
        ).last_hidden_state


def export(model, name, dynamo, expanded=True):
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {0: "batch", 1: "length"}
    dims = {0: torch.export.Dim("batch"), 1: torch.export.Dim("length")}
    free = {"dynamic_shapes": dict.fromkeys(names, dims)} if dynamo else {
        "dynamic_axes": dict.fromkeys(names + ["last_hidden_state"], axes)}
    torch.onnx.export(
        Tokens(model, expanded).eval(), (IDS, MASK, torch.zeros_like(IDS)), FOLDER / f"{name}.onnx",
        input_names=names, output_names=["last_hidden_state"], opset_version=18 if dynamo else 17,
        dynamo=dynamo, external_data=False, **free)
    strip(FOLDER / f"{name}.onnx")


def strip(path):
    """Leaves out where in Python each node comes from."""
    import onnx

    model = onnx.load(path)
    for part in [*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output]:
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    onnx.save(model, path)


class Alone(torch.nn.Module):
    """A model of transformers with inputs by name, and its first output."""

    def __init__(self, model, names):
        super().__init__()
        self.model = model
        self.names = names

    def forward(self, *inputs):
        return self.model(**dict(zip(self.names, inputs))).last_hidden_state


def alone(name, model, inputs, dynamo, free):
    """As people export: without a wrapper for masks, for any texts or, not free, for one."""
    names = list(inputs)
    shaken(model)
    ids = inputs["input_ids"]
    tokens = model(input_ids=ids, attention_mask=MASK).last_hidden_state
    floats = {"ids": ids, "mask": MASK, "tokens": tokens}
    save_file({key: value.detach().float().contiguous().clone() for key, value in floats.items()},
              FOLDER / f"{name}-expected.safetensors")
    options = {}
    if free and dynamo:
        dims = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
        options = {"dynamic_shapes": (tuple(dims for _ in names),)}
    elif free:
        options = {"dynamic_axes": {key: {0: "batch", 1: "length"} for key in names}}
    given = tuple(value if free else value[:1] for value in inputs.values())
    if dynamo:
        options["external_data"] = False
    torch.onnx.export(
        Alone(model, names).eval(), given, FOLDER / f"{name}.onnx", input_names=names,
        output_names=["last_hidden_state"], opset_version=18 if dynamo else 17, dynamo=dynamo,
        **options)
    strip(FOLDER / f"{name}.onnx")


def exported():
    import transformers as t

    sizes = dict(
        vocab_size=40, hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=64)
    longer = dict(**sizes, max_position_embeddings=18, pad_token_id=0)
    masked = {"input_ids": IDS, "attention_mask": MASK}
    whole = {"token_type_ids": torch.zeros_like(IDS),
             "position_ids": torch.arange(8)[None].repeat(2, 1)}
    alone("bert-positions-script", t.BertModel(t.BertConfig(**sizes, max_position_embeddings=16)),
          {**masked, **whole}, dynamo=False, free=True)
    alone("roberta-dynamo", t.RobertaModel(t.RobertaConfig(**longer, type_vocab_size=1)),
          masked, dynamo=True, free=True)
    alone("roberta-one-script", t.RobertaModel(t.RobertaConfig(**longer, type_vocab_size=1)),
          masked, dynamo=False, free=False)
    alone("mpnet-script", t.MPNetModel(t.MPNetConfig(**longer)), masked, dynamo=False, free=True)
    alone("distilbert-one-dynamo", t.DistilBertModel(t.DistilBertConfig(
        vocab_size=40, dim=32, n_layers=1, n_heads=2, hidden_dim=64, max_position_embeddings=16)),
        {key: value.int() for key, value in masked.items()}, dynamo=True, free=False)
    alone("clip-ids-script", t.CLIPTextModel(t.CLIPTextConfig(
        **sizes, max_position_embeddings=8, bos_token_id=38, eos_token_id=39, pad_token_id=0)),
        {"input_ids": torch.tensor([[38, 7, 9, 20, 33, 5, 2, 39], [38, 30, 4, 8, 39, 0, 0, 0]])},
        dynamo=False, free=True)


def distilbert():
    from transformers import DistilBertConfig, DistilBertForSequenceClassification, DistilBertModel

    config = DistilBertConfig(
        vocab_size=40, dim=32, n_layers=2, n_heads=2, hidden_dim=128, max_position_embeddings=16)
    model = shaken(DistilBertModel(config))
    tokens = model(input_ids=IDS, attention_mask=MASK).last_hidden_state
    save("distilbert", model, {"ids": IDS, "mask": MASK, "tokens": tokens})
    model = shaken(DistilBertForSequenceClassification(config))
    tokens = model.distilbert(input_ids=IDS, attention_mask=MASK).last_hidden_state
    save("distilbert-classes", model, {"ids": IDS, "mask": MASK, "tokens": tokens})


def clip():
    from transformers import CLIPTextConfig, CLIPTextModelWithProjection

    config = CLIPTextConfig(
        vocab_size=40, hidden_size=32, intermediate_size=128, num_hidden_layers=2,
        num_attention_heads=2, max_position_embeddings=12, projection_dim=16,
        bos_token_id=38, eos_token_id=39, pad_token_id=0)
    model = shaken(CLIPTextModelWithProjection(config))
    found = model.text_model(input_ids=CLIP_IDS, attention_mask=CLIP_MASK)
    save("clip-transformers", model, {
        "ids": CLIP_IDS, "mask": CLIP_MASK, "tokens": found.last_hidden_state,
        "pooled": found.pooler_output})


def clip_gelu():
    """CLIP as LAION trained it: with GELU."""
    from transformers import CLIPTextConfig, CLIPTextModel

    config = CLIPTextConfig(
        vocab_size=40, hidden_size=32, intermediate_size=128, num_hidden_layers=1,
        num_attention_heads=2, max_position_embeddings=12, hidden_act="gelu",
        bos_token_id=38, eos_token_id=39, pad_token_id=0)
    model = shaken(CLIPTextModel(config))
    found = model(input_ids=CLIP_IDS, attention_mask=CLIP_MASK)
    save("clip-gelu", model, {
        "ids": CLIP_IDS, "mask": CLIP_MASK, "tokens": found.last_hidden_state,
        "pooled": found.pooler_output})


def open_clip():
    from open_clip.model import CLIP

    model = shaken(CLIP(
        embed_dim=16,
        vision_cfg=dict(layers=1, width=16, head_width=8, patch_size=8, image_size=16),
        text_cfg=dict(context_length=12, vocab_size=40, width=32, heads=2, layers=2),
        quick_gelu=True))
    seen = []
    model.ln_final.register_forward_hook(lambda module, given, made: seen.append(made))
    projected = model.encode_text(CLIP_IDS)
    tokens = seen[0]
    pooled = tokens[torch.arange(2), CLIP_IDS.argmax(dim=-1)]
    assert torch.allclose(pooled @ model.text_projection, projected, atol=1e-5)
    save("clip-open", model, {
        "ids": CLIP_IDS, "mask": CLIP_MASK, "tokens": tokens, "pooled": pooled})


with torch.no_grad():
    bert()
    distilbert()
    clip()
    open_clip()
    clip_gelu()
    exported()
