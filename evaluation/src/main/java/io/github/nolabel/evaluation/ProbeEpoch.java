package io.github.nolabel.evaluation;

/**
 * What one epoch of a classifier's training came to.
 *
 * @param epoch counted from one
 * @param trainingLoss mean over the epoch's batches
 * @param learningRate at the epoch's last step
 * @param test after the epoch
 */
public record ProbeEpoch(
    int epoch, int epochs, double trainingLoss, double learningRate, Classification test) {}
