package io.github.nolabel.api.train;

import java.nio.file.Path;

/**
 * How a call of {@link Trainer#train} went.
 *
 * @param step updates done in the whole run
 * @param complete whether the run's last step was reached
 * @param finalLoss of the last update; NaN if there was none
 * @param imagesPerSecond over this call
 * @param dataWaitShare share of this call's time spent waiting for batches, in [0, 1]
 * @param seconds this call took
 * @param checkpoint the newest one
 */
public record TrainingSummary(
    long step,
    boolean complete,
    double finalLoss,
    double imagesPerSecond,
    double dataWaitShare,
    double seconds,
    Path checkpoint) {}
