package io.github.nolabel.data.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Remembers what the person who waits was told. */
final class Notices implements Consumer<String> {

  private final List<String> lines = new ArrayList<>();

  @Override
  public void accept(String line) {
    lines.add(line);
  }

  List<String> lines() {
    return lines;
  }
}
