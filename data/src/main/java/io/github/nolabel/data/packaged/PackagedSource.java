package io.github.nolabel.data.packaged;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code packaged}: emoji drawn by four hands, from the class path. */
public final class PackagedSource implements SourceProvider {

  /** Width and height of every image. */
  static final int SIZE = 64;

  private static final String HELD_OUT = "heldOut";
  private static final String CONCEPTS = "concepts";

  @Override
  public String name() {
    return "packaged";
  }

  @Override
  public String usage() {
    return "packaged[?heldOut=concepts|STYLE]";
  }

  @Override
  public String summary() {
    return "1,518 emoji in four styles (noto, twemoji, openmoji, fluent-emoji-flat), from the class"
        + " path";
  }

  @Override
  public List<String> keys() {
    return List.of(HELD_OUT);
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    if (!address.path().isEmpty()) {
      throw new UserMistake(
          "Data source '%s': 'packaged' takes no path, got '%s'."
              .formatted(address.text(), address.path()));
    }
    String heldOut = address.option(HELD_OUT).orElse(CONCEPTS);
    checkHeldOut(address, heldOut);
    Drawings drawings = drawings(context);
    return Style.ALL.stream()
        .filter(style -> style.set().equals(heldOut))
        .findFirst()
        .<SourceImages>map(style -> new HeldOutStyle(drawings, style))
        .orElseGet(() -> new PackagedImages(drawings));
  }

  /** Before anything is drawn. */
  private static void checkHeldOut(SourceAddress address, String heldOut) {
    List<String> choices =
        Stream.concat(Stream.of(CONCEPTS), Style.ALL.stream().map(Style::set)).toList();
    if (!choices.contains(heldOut)) {
      throw new UserMistake(
          "Data source '%s': heldOut=%s is unknown.%s Choices: %s."
              .formatted(
                  address.text(),
                  heldOut,
                  Suggestions.didYouMean(heldOut, choices),
                  String.join(", ", choices)));
    }
  }

  private static Drawings drawings(SourceContext context) {
    IconJar jar = IconJar.find(PackagedSource.class.getClassLoader());
    Path file =
        context
            .settings()
            .cache()
            .resolve("packaged-%dpx-%s.bin".formatted(SIZE, jar.fingerprint().substring(0, 16)));
    return new DrawingCache(file).drawings(() -> DrawingBoard.draw(jar, SIZE), context.notices());
  }
}
