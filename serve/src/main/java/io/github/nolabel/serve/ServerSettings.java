package io.github.nolabel.serve;

import io.github.nolabel.api.Require;

/**
 * Where and how a search is served.
 *
 * @param host to listen on; {@code 127.0.0.1} is for this computer alone
 * @param port 0 takes one that is free
 * @param maxBodyBytes larger requests are refused
 * @param threads that answer requests
 */
public record ServerSettings(String host, int port, long maxBodyBytes, int threads) {

  /** This computer alone, port 8080, 32 MiB, 8 threads. */
  public static final ServerSettings DEFAULTS = new ServerSettings("127.0.0.1", 8080, 32L << 20, 8);

  public ServerSettings {
    Require.that(!host.isBlank(), "host must not be empty");
    Require.within("port", port, 0, 65535);
    Require.that(
        maxBodyBytes >= 1 && maxBodyBytes <= 1 << 30,
        "maxBodyBytes must be from 1 to 2^30, got " + maxBodyBytes);
    Require.within("threads", threads, 1, 256);
  }

  public ServerSettings withHost(String newHost) {
    return new ServerSettings(newHost, port, maxBodyBytes, threads);
  }

  public ServerSettings withPort(int newPort) {
    return new ServerSettings(host, newPort, maxBodyBytes, threads);
  }

  public ServerSettings withMaxBodyBytes(long bytes) {
    return new ServerSettings(host, port, bytes, threads);
  }
}
