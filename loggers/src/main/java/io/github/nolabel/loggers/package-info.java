/**
 * Runs written down elsewhere: MLflow, tables for Weights &amp; Biases and others, meters. Start at
 * {@link io.github.nolabel.loggers.MlflowLog}.
 */
@NullMarked
package io.github.nolabel.loggers;

import org.jspecify.annotations.NullMarked;
