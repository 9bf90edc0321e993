package io.github.nolabel.spark;

import java.io.Serializable;

/**
 * All that an executor needs to take part in a run; it builds the rest from it.
 *
 * @param run tells runs in one executor apart
 * @param plan every option of the run as YAML
 * @param steps updates of the whole run
 * @param threads of a worker's session
 * @param data fingerprint of the images that the run began with
 */
record WorkerJob(
    String run, String plan, int workers, long steps, long stepsPerEpoch, int threads, String data)
    implements Serializable {}
