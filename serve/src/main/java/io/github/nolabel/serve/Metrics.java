package io.github.nolabel.serve;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests, in the text format of Prometheus. */
final class Metrics {

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<String, DoubleAdder> seconds = new ConcurrentSkipListMap<>();

  /** One request was answered. */
  void count(String path, int status, double took) {
    String which = "path=\"%s\",status=\"%d\"".formatted(path, status);
    requests.computeIfAbsent(which, w -> new LongAdder()).increment();
    seconds.computeIfAbsent(which, w -> new DoubleAdder()).add(took);
  }

  /** All counts, and how many images there are. */
  String text(int images, int broken) {
    StringBuilder text = new StringBuilder();
    head(text, "nolabel_requests_total", "counter", "Requests answered.");
    requests.forEach((which, n) -> line(text, "nolabel_requests_total", which, (double) n.sum()));
    head(text, "nolabel_request_seconds_total", "counter", "Seconds spent on them.");
    seconds.forEach((which, s) -> line(text, "nolabel_request_seconds_total", which, s.sum()));
    head(text, "nolabel_images", "gauge", "Images that can be found.");
    line(text, "nolabel_images", "state=\"indexed\"", images);
    line(text, "nolabel_images", "state=\"broken\"", broken);
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP %s %s%n# TYPE %s %s%n".formatted(name, help, name, type).replace("\r", ""));
  }

  private static void line(StringBuilder text, String name, String which, double value) {
    text.append(name).append('{').append(which).append("} ");
    text.append(
        value == Math.rint(value)
            ? String.valueOf((long) value)
            : String.format(Locale.ROOT, "%.6f", value));
    text.append('\n');
  }
}
