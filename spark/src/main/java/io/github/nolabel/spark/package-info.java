/**
 * Training on the machines of a Spark cluster: rounds of local steps as ordinary jobs. Start at
 * {@link io.github.nolabel.spark.SparkRuns}.
 */
@NullMarked
package io.github.nolabel.spark;

import org.jspecify.annotations.NullMarked;
