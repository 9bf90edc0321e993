package io.github.nolabel.fragment.text;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.layer.Gelu;

/** How a run reads texts, set as {@code text.NAME}. */
public record TextConfig(
    @Option("What makes tokens: wordpiece or bpe, learnt from the captions, or a tokenizer.json")
        String tokenizer,
    @Option(
            value = "Most tokens of a vocabulary that is learnt",
            min = 64,
            max = 1 << 20,
            aliases = "vocab_size")
        int vocabularySize,
    @Option(
            value = "Tokens of a text, special ones included; what is longer is cut",
            min = 3,
            max = 8192,
            aliases = {"maxLength", "max_seq_len", "target_txt_len"})
        int length,
    @Option("Network that reads the tokens") String network,
    @Option(
            value = "Its width; 0 takes the network's own",
            min = 0,
            max = 16384,
            aliases = {"feature_dim", "hidden_size"})
        int width,
    @Option(value = "Its blocks; 0 takes the network's own", min = 0, max = 256) int depth,
    @Option(value = "Its heads; 0 takes the network's own", min = 0, max = 256) int heads,
    @Option(value = "Probability of zeroing an activation while training", min = 0, max = 0.9)
        double dropout,
    @Option(
            "Activation of its blocks: own is CLIP's quick GELU and BERT's GELU; most CLIPs that"
                + " OpenAI did not train need gelu")
        Gelu activation,
    @Option(
            "The text's feature: that of its first token, of its last, or the mean; own is last for"
                + " CLIP, else first. ONNX files of CLIP need last")
        TextPooling pooling,
    @Option(
            "Safetensors file of BERT, DistilBERT or CLIP's text tower to start from; empty starts"
                + " anew")
        String weights,
    @Option("SHA-256 that the file of weights must have; empty takes any") String sha256) {

  /** A small BERT over a vocabulary of the run's own captions. */
  public static final TextConfig DEFAULTS =
      new TextConfig(
          "wordpiece", 8192, 32, "bert-tiny", 0, 0, 0, 0, Gelu.OWN, TextPooling.OWN, "", "");

  public TextConfig {
    RecordOptions.check(
        TextConfig.class,
        tokenizer,
        vocabularySize,
        length,
        network,
        width,
        depth,
        heads,
        dropout,
        activation,
        pooling,
        weights,
        sha256);
  }

  /** The same with another network. */
  public TextConfig withNetwork(String name) {
    return RecordOptions.with(this, "network", name);
  }

  /** The same with another fingerprint of the file. */
  public TextConfig withSha256(String hex) {
    return RecordOptions.with(this, "sha256", hex);
  }
}
