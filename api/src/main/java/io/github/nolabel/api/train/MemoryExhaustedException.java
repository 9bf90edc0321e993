package io.github.nolabel.api.train;

import io.github.nolabel.api.NolabelException;

/**
 * The device has less memory than a model needs, be it the machine's or a card's: smaller batches
 * or images need less.
 */
public final class MemoryExhaustedException extends NolabelException {

  public MemoryExhaustedException(String message) {
    super(message);
  }
}
