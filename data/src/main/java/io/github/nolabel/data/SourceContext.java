package io.github.nolabel.data;

import java.util.function.Consumer;

/**
 * What a reader may need besides the address.
 *
 * @param notices takes lines for the person who waits, such as how many files were left out
 */
public record SourceContext(DatasetSettings settings, Consumer<String> notices) {}
