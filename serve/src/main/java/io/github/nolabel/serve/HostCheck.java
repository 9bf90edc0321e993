package io.github.nolabel.serve;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who listens on this computer alone answers only to this computer's names. Otherwise a web page
 * whose name suddenly means 127.0.0.1 could read the images through the visitor's browser.
 */
final class HostCheck {

  private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean needed;

  HostCheck(InetAddress listening) {
    this.needed = listening.isLoopbackAddress();
  }

  /**
   * @param host the header, with or without a port
   * @throws HttpFault 403 if it is another's name
   */
  void check(@Nullable String host) {
    String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
    if (needed && !OWN.contains(name)) {
      throw new HttpFault(
          403,
          "This server is for its own computer: ask for http://localhost, not for '%s'; --host makes it listen to others."
              .formatted(name));
    }
  }
}
