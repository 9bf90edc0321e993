package io.github.nolabel.data.packaged;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The icon sets on the class path, in whichever version is there. */
final class IconJar {

  private static final String PROPERTIES =
      "META-INF/maven/org.webjars.npm/iconify__json/pom.properties";
  private static final String SET = "META-INF/resources/webjars/iconify__json/%s/json/%s.json";

  private final ClassLoader classes;
  private final String version;

  private IconJar(ClassLoader classes, String version) {
    this.classes = classes;
    this.version = version;
  }

  /**
   * @throws UserMistake that says which dependency to add, if the sets are not there
   */
  static IconJar find(ClassLoader classes) {
    try (@Nullable InputStream input = classes.getResourceAsStream(PROPERTIES)) {
      if (input == null) {
        throw absent();
      }
      Properties properties = new Properties();
      properties.load(input);
      return new IconJar(classes, properties.getProperty("version", ""));
    } catch (IOException e) {
      throw new NolabelException("The icon web jar cannot be read: " + e.getMessage() + ".", e);
    }
  }

  String version() {
    return version;
  }

  /** Changes whenever a drawing does. From the jar's check sums where there are any. */
  String fingerprint() {
    Fingerprint fingerprint = new Fingerprint();
    for (Style style : Style.ALL) {
      addContent(style, fingerprint);
    }
    return fingerprint.hex();
  }

  IconSet read(Style style) {
    try (InputStream input = resource(style).openStream()) {
      return IconSetReader.read(input);
    } catch (IOException e) {
      throw unreadable(style, e);
    }
  }

  private void addContent(Style style, Fingerprint fingerprint) {
    try {
      URLConnection connection = resource(style).openConnection();
      if (connection instanceof JarURLConnection jar) {
        fingerprint.add(jar.getJarEntry().getSize()).add(jar.getJarEntry().getCrc());
        return;
      }
      try (InputStream input = connection.getInputStream()) {
        fingerprint.add(input.readAllBytes());
      }
    } catch (IOException e) {
      throw unreadable(style, e);
    }
  }

  private URL resource(Style style) {
    URL resource = classes.getResource(SET.formatted(version, style.set()));
    if (resource == null) {
      throw new UserMistake(
          "The data source 'packaged' needs the icon set '%s', which iconify__json %s lacks: use %s."
              .formatted(style.set(), version, "another version, such as 2.2.378"));
    }
    return resource;
  }

  private static UserMistake absent() {
    return new UserMistake(
        "The data source 'packaged' needs the drawings of org.webjars.npm:iconify__json on the class"
            + " path: add that dependency (version 2.2.378, all its own dependencies excluded), or"
            + " name another source, such as folder:PATH.");
  }

  private static NolabelException unreadable(Style style, IOException e) {
    return new NolabelException(
        "The icon set '%s' cannot be read: %s.".formatted(style.set(), e.getMessage()), e);
  }
}
