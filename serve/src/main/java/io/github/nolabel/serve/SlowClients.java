package io.github.nolabel.serve;

/** Hangs up on who takes too long to say what they want: each of them holds a thread. */
final class SlowClients {

  private static final String SECONDS = "60";

  private SlowClients() {}

  /** Java's server reads this once, when its first one is made; what was set by others stays. */
  static void limit() {
    for (String name : new String[] {"maxReqTime", "maxRspTime"}) {
      String property = "sun.net.httpserver." + name;
      if (System.getProperty(property) == null) {
        System.setProperty(property, SECONDS);
      }
    }
  }
}
