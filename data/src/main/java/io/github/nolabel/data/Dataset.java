package io.github.nolabel.data;

/**
 * What a source delivers.
 *
 * @param source as the user named it
 * @param training the images to learn from
 * @param heldOut the images, and the questions about them, that tell what was learnt
 * @param fingerprint SHA-256 of the training images and of how they were chosen
 */
public record Dataset(String source, ImageDataset training, HeldOut heldOut, String fingerprint) {}
