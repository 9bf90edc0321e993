package io.github.nolabel.methods.multimodal.simvlm;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodRow;

/**
 * Options of SimVLM (Wang et al. 2022, arXiv 2108.10904). Vocabulary, length of a text and width of
 * encoder and decoder are those of the options {@code text.NAME}; of the network named there
 * nothing else is used: depth, heads and dropout are set here.
 *
 * <p>The paper reads images through the first stages of a ResNet. A backbone of convolutions, such
 * as {@code small-cnn} or {@code resnet18}, does that: the places of its last map are the patches.
 * A vision transformer gives its own tokens.
 */
public record SimVlmConfig(
    @Option(
            value = "Most tokens of a text that are given instead of predicted; 0 gives none",
            min = 0,
            max = 8192,
            aliases = {"max_trunc_txt_len", "prefix_txt_len"})
        int maxPrefixLength,
    @Option(
            value = "Blocks that read the image and the given tokens",
            min = 1,
            max = 256,
            aliases = "num_encoder_layers")
        int encoderDepth,
    @Option(
            value = "Blocks that predict the tokens",
            min = 1,
            max = 256,
            aliases = "num_decoder_layers")
        int decoderDepth,
    @Option(
            value = "Heads of every block of encoder and decoder; they divide text.width",
            min = 1,
            max = 256)
        int decoderHeads,
    @Option(value = "Probability of zeroing an activation while training", min = 0, max = 0.9)
        double dropout,
    @Option(value = "Smallest share of the image that a crop keeps", min = 0.01, max = 1)
        double minCropScale) {

  public static final SimVlmConfig DEFAULTS = new SimVlmConfig(8, 2, 2, 4, 0, 0.5);

  public static final MethodRow<SimVlmConfig> METHOD =
      MethodRow.of(
              "simvlm",
              "SimVLM (Wang et al. 2022): predicts captions from the image and their first words",
              DEFAULTS,
              SimVlmObjective.class)
          .withTexts(TextConfig.DEFAULTS.withNetwork("clip-tiny"));
}
