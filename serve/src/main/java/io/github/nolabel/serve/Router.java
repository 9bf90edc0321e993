package io.github.nolabel.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.BrokenImageException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Brings each request to what answers it; whatever goes wrong becomes an answer too. */
final class Router implements HttpHandler {

  /** The page may load from this server and run its own script; nothing else may. */
  private static final String POLICY =
      "default-src 'none'; img-src 'self' blob:; style-src 'unsafe-inline';"
          + " script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private final Map<String, Map<String, Resource>> resources = new TreeMap<>();
  private final HostCheck hosts;
  private final long maxBodyBytes;
  private final Metrics metrics;
  private final AtomicInteger inProgress = new AtomicInteger();

  Router(HostCheck hosts, long maxBodyBytes, Metrics metrics) {
    this.hosts = hosts;
    this.maxBodyBytes = maxBodyBytes;
    this.metrics = metrics;
  }

  /** What answers requests for one path with one method. */
  @FunctionalInterface
  interface Resource {
    Answer answer(Request request) throws IOException;
  }

  /** From now on, {@code method path} is answered so. */
  Router add(String method, String path, Resource resource) {
    resources.computeIfAbsent(path, p -> new TreeMap<>()).put(method, resource);
    return this;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    String path = exchange.getRequestURI().getPath();
    inProgress.incrementAndGet();
    try (exchange) {
      Answer answer = guarded(exchange, path);
      metrics.count(
          resources.containsKey(path) ? path : "other",
          answer.status(),
          (System.nanoTime() - start) / 1e9);
      send(exchange, answer);
    } finally {
      inProgress.decrementAndGet();
    }
  }

  /** Whether somebody waits for an answer. */
  boolean busy() {
    return inProgress.get() > 0;
  }

  private Answer guarded(HttpExchange exchange, String path) throws IOException {
    try {
      hosts.check(exchange.getRequestHeaders().getFirst("Host"));
      return resource(exchange, path).answer(new Request(exchange, maxBodyBytes));
    } catch (HttpFault e) {
      return Answer.fault(e.status(), String.valueOf(e.getMessage()));
    } catch (BrokenImageException | UserMistake e) {
      return Answer.fault(400, String.valueOf(e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError e) {
      System.getLogger(Router.class.getName())
          .log(System.Logger.Level.ERROR, "Request for " + path + " failed", e);
      return Answer.fault(500, "Something is wrong here, not with the request; see the log.");
    }
  }

  private Resource resource(HttpExchange exchange, String path) {
    Map<String, Resource> methods = resources.get(path);
    if (methods == null) {
      throw new HttpFault(
          404,
          "There is nothing at '%s'; there is %s."
              .formatted(path, String.join(", ", resources.keySet())));
    }
    String asked = exchange.getRequestMethod();
    Resource resource = methods.get(asked.equals("HEAD") ? "GET" : asked);
    if (resource == null) {
      String allowed = String.join(", ", methods.keySet());
      exchange.getResponseHeaders().set("Allow", allowed);
      throw new HttpFault(405, "%s takes %s, not %s.".formatted(path, allowed, asked));
    }
    return resource;
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", POLICY);
    headers.set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), answer.body().length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer.body());
    }
  }
}
