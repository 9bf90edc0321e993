package io.github.nolabel.serve;

import com.sun.net.httpserver.HttpServer;
import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A search page and its service over HTTP. The index stays the caller's. */
public final class SearchServer implements AutoCloseable {

  /** Requests that may wait for a thread; further ones are hung up on. */
  private static final int WAITING = 256;

  private final SearchIndex index;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Metrics metrics = new Metrics();
  private final Thumbnails thumbnails;
  private final Router router;

  private SearchServer(SearchIndex index, HttpServer server, ServerSettings settings) {
    this.index = index;
    this.server = server;
    this.thumbnails = new Thumbnails(index.images());
    this.threads =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING));
    server.setExecutor(threads);
    this.router = router(settings.maxBodyBytes());
    server.createContext("/", router);
  }

  /**
   * Listens until it is closed.
   *
   * @throws UserMistake if the host is none of this computer's, or the port is taken
   */
  public static SearchServer start(SearchIndex index, ServerSettings settings) {
    HttpServer server = bound(settings);
    SearchServer started = new SearchServer(index, server, settings);
    server.start();
    return started;
  }

  /**
   * Checks that {@link #start} could listen there, before the images are embedded.
   *
   * @throws UserMistake as {@link #start} does
   */
  public static void requireFree(ServerSettings settings) {
    try {
      new ServerSocket(settings.port(), 0, address(settings)).close();
    } catch (IOException e) {
      throw taken(settings, e);
    }
  }

  private static HttpServer bound(ServerSettings settings) {
    SlowClients.limit();
    try {
      return HttpServer.create(new InetSocketAddress(address(settings), settings.port()), 0);
    } catch (IOException e) {
      throw taken(settings, e);
    }
  }

  private static InetAddress address(ServerSettings settings) {
    try {
      return InetAddress.getByName(settings.host());
    } catch (UnknownHostException e) {
      throw new UserMistake(
          "There is no host '%s'; write 127.0.0.1 for this computer alone, or 0.0.0.0 for everyone."
              .formatted(settings.host()),
          e);
    }
  }

  private static UserMistake taken(ServerSettings settings, IOException e) {
    return new UserMistake(
        "Cannot listen on %s, port %d: %s. Choose another port, or 0 for one that is free."
            .formatted(settings.host(), settings.port(), e.getMessage()),
        e);
  }

  /** Where the page is. */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, bound.getPort()));
  }

  /** Gives requests in progress a second to end. */
  @Override
  public void close() {
    server.stop(router.busy() ? 1 : 0);
    threads.shutdownNow();
  }

  private Router router(long maxBodyBytes) {
    HostCheck hosts = new HostCheck(server.getAddress().getAddress());
    return new Router(hosts, maxBodyBytes, metrics)
        .add("GET", "/", request -> Answer.text("text/html", resource("page.html")))
        .add("GET", "/openapi.json", request -> openApi())
        .add("GET", "/health", request -> health())
        .add("GET", "/metrics", request -> metrics())
        .add("GET", "/thumbnail", this::thumbnail)
        .add("POST", "/embed", this::embed)
        .add("POST", "/search", this::search);
  }

  private static Answer openApi() throws IOException {
    return new Answer(
        200, "application/json", resource("openapi.json").getBytes(StandardCharsets.UTF_8));
  }

  private Answer health() {
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", "up");
    health.put("model", index.modelName());
    health.put("images", index.size());
    health.put("broken", index.broken().size());
    health.put("texts", index.readsTexts());
    health.put("exact", index.exact());
    return Answer.json(health);
  }

  private Answer metrics() {
    return new Answer(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        metrics.text(index.size(), index.broken().size()).getBytes(StandardCharsets.UTF_8));
  }

  private Answer thumbnail(Request request) {
    int image = request.number("i", "", 0, Math.max(0, index.images().size() - 1));
    if (index.row(image) == null) {
      throw new HttpFault(404, "There is no picture %d.".formatted(image));
    }
    return new Answer(200, "image/jpeg", thumbnails.jpeg(image));
  }

  private Answer embed(Request request) throws IOException {
    return Answer.json(Map.of("features", Query.picture(request, index)));
  }

  private Answer search(Request request) throws IOException {
    List<SearchIndex.Hit> hits = Query.read(request, index).in(index);
    return Answer.json(
        Map.of("exact", index.exact(), "results", hits.stream().map(SearchServer::told).toList()));
  }

  private static Map<String, Object> told(SearchIndex.Hit hit) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("image", hit.image());
    told.put("name", hit.name());
    told.put("score", Math.round(hit.score() * 1e6) / 1e6);
    told.put("captions", hit.captions());
    told.put("thumbnail", "/thumbnail?i=" + hit.image());
    return told;
  }

  private static String resource(String name) throws IOException {
    try (InputStream input =
        Objects.requireNonNull(SearchServer.class.getResourceAsStream(name), name)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
