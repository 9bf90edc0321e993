package io.github.nolabel.data.packaged;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import java.nio.file.Path;
import java.util.List;

/** {@code packaged}: emoji drawn by four hands, from the class path. */
public final class PackagedSource implements SourceProvider {

  /** Width and height of every image. */
  static final int SIZE = 64;

  @Override
  public String name() {
    return "packaged";
  }

  @Override
  public String usage() {
    return "packaged";
  }

  @Override
  public String summary() {
    return "1,518 emoji in four styles (noto, twemoji, openmoji, fluent-emoji-flat), from the class"
        + " path";
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public SourceImages read(SourceAddress address, SourceContext context) {
    if (!address.path().isEmpty()) {
      throw new UserMistake(
          "Data source '%s': 'packaged' takes no path, got '%s'."
              .formatted(address.text(), address.path()));
    }
    return new PackagedImages(drawings(context));
  }

  private static Drawings drawings(SourceContext context) {
    IconJar jar = IconJar.find(PackagedSource.class.getClassLoader());
    Path file =
        context
            .settings()
            .cache()
            .resolve("packaged-%dpx-%s.bin".formatted(SIZE, jar.fingerprint().substring(0, 16)));
    DrawingCache cache = new DrawingCache(file);
    return cache
        .load()
        .orElseGet(
            () -> {
              context.notices().accept("Drawing the packaged images once, into " + file + " ...");
              Drawings drawings = DrawingBoard.draw(jar, SIZE);
              cache.store(drawings);
              return drawings;
            });
  }
}
