/**
 * Images on the file systems that Hadoop knows, in folders and in Parquet files, with Spark or
 * without.
 */
@NullMarked
package io.github.nolabel.spark.source;

import org.jspecify.annotations.NullMarked;
