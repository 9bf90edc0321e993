package io.github.nolabel.examples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Photos such as {@code red-square-03.png}, with {@code a red square} beside it. */
final class Shapes {

  static final Map<String, Color> COLOURS =
      new TreeMap<>(
          Map.of(
              "red", new Color(220, 40, 40),
              "green", new Color(40, 190, 60),
              "blue", new Color(40, 60, 220),
              "yellow", new Color(230, 220, 50)));

  private static final List<String> FORMS = List.of("square", "circle");

  private Shapes() {}

  static Path write(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    List<String> colours = List.copyOf(COLOURS.keySet());
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      String colour = colours.get(i % colours.size());
      String form = FORMS.get(i / colours.size() % FORMS.size());
      String name = "%s-%s-%02d".formatted(colour, form, i);
      ImageIO.write(drawn(colour, form, random), "png", folder.resolve(name + ".png").toFile());
      Files.writeString(folder.resolve(name + ".txt"), "a %s %s%n".formatted(colour, form));
    }
    return folder;
  }

  private static BufferedImage drawn(String colour, String form, Random random) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(COLOURS.get(colour));
    int x = random.nextInt(4);
    int y = random.nextInt(4);
    int size = 10 + random.nextInt(3);
    if (form.equals("square")) {
      canvas.fillRect(x, y, size, size);
    } else {
      canvas.fillOval(x, y, size, size);
    }
    canvas.dispose();
    return image;
  }
}
