package io.github.nolabel.data;

import java.util.Optional;

/**
 * What a source delivers.
 *
 * @param source as the user named it
 * @param training the images to learn from
 * @param heldOut the images, and the questions about them, that tell what was learnt
 * @param labelled to learn classes from, once the network is trained; empty if there are fewer than
 *     two labels
 * @param described images that training has not seen, each with a caption, to be found by words and
 *     to find words; empty if nothing has captions
 * @param fingerprint SHA-256 of the training images and of how they were chosen
 */
public record Dataset(
    String source,
    ImageDataset training,
    HeldOut heldOut,
    Optional<LabelledSplit> labelled,
    Optional<ImageDataset> described,
    String fingerprint) {}
