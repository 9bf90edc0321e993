package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.LongPointer;

/**
 * How the numbers of {@link Strips} lie for each place in a strip, or point: rows, strips of that
 * row in all images, channels. They are the rows of a single wide map.
 *
 * @param map images, channels, rows and numbers of a row of the map that was cut
 * @param strips of a row
 */
record StripRows(Arithmetic arithmetic, List<Long> map, long strips) {

  private static final int STEP = Strips.POINTS.results();

  private long images() {
    return map.get(0);
  }

  private long channels() {
    return map.get(1);
  }

  private long rows() {
    return map.get(2);
  }

  private long line() {
    return map.get(3) * channels();
  }

  /** The same in other numbers. */
  StripRows in(Arithmetic other) {
    return new StripRows(other, map, strips);
  }

  private long row() {
    return images() * strips * channels();
  }

  /** Numbers from where a place begins to where the next one does. */
  private long apart() {
    return arithmetic.staggered(rows() * row());
  }

  /** So many places, to apply a matrix to. */
  memory all(Chain chain, Area area, long places) {
    return chain.in(
        area, arithmetic.strided(List.of(places, rows() * row()), List.of(apart(), 1L)));
  }

  /** One point's numbers as a single map. */
  memory.desc wide() {
    LongPointer extents = new LongPointer(1, channels(), rows(), images() * strips);
    return new memory.desc(extents, arithmetic.type(), format_tag.nhwc);
  }

  memory wide(Chain chain, Area area, int point) {
    return chain.in(area, wide(), point * apart());
  }

  /** Some rows as a matrix of strips by channels for each point. */
  memory factors(Chain chain, Area area, long first, long count) {
    return matrices(
        chain,
        area,
        first,
        List.of(count * images() * strips, channels()),
        List.of(channels(), 1L));
  }

  /** The same with rows and columns swapped. */
  memory factorsTurned(Chain chain, Area area, long first, long count) {
    return matrices(
        chain,
        area,
        first,
        List.of(channels(), count * images() * strips),
        List.of(1L, channels()));
  }

  private memory matrices(
      Chain chain, Area area, long first, List<Long> extents, List<Long> strides) {
    return chain.in(
        area,
        arithmetic.strided(
            List.of((long) Strips.POINTS.numbers(), extents.get(0), extents.get(1)),
            List.of(apart(), strides.get(0), strides.get(1))),
        first * row());
  }

  /**
   * From a map, channels last, to so many places of strips, of which the first lies so many numbers
   * before it. What lies beyond the border is zero.
   */
  void cut(Chain chain, memory numbers, Area area, int places, long pad) {
    chain.fetch(numbers);
    if (isExact()) {
      chain.move(fours(chain, numbers), fours(chain, area, pad));
    }
    for (int place = 0; place < places; place++) {
      if (!isExact() || place < pad || place >= pad + STEP) {
        cut(chain, numbers, area, run(place, pad));
      }
    }
  }

  private void cut(Chain chain, memory numbers, Area area, Run run) {
    if (run.count() < strips) {
      chain.zero(chain.in(area, arithmetic.rows(1, rows() * row()), run.place() * apart()));
    }
    for (Run part : parts(run)) {
      chain.move(ofMap(chain, numbers, part), ofStrips(chain, area, part));
    }
  }

  /** From the results of strips to a map. */
  void join(Chain chain, Area area, memory results) {
    if (isExact()) {
      chain.move(fours(chain, area, 0), fours(chain, results));
      return;
    }
    for (int place = 0; place < STEP; place++) {
      for (Run part : parts(run(place, 0))) {
        chain.move(ofStrips(chain, area, part), ofMap(chain, results, part));
      }
    }
  }

  /** Whether strips end where the map does, which is then moved at once. */
  private boolean isExact() {
    return map.get(3) == STEP * strips;
  }

  private memory fours(Chain chain, memory whole) {
    List<Long> strides = List.of(rows() * line(), line(), STEP * channels(), channels(), 1L);
    return chain.part(whole, Strips.ARITHMETIC.strided(fours(), strides), 0);
  }

  private memory fours(Chain chain, Area area, long place) {
    List<Long> strides = List.of(strips * channels(), row(), channels(), apart(), 1L);
    return chain.in(area, arithmetic.strided(fours(), strides), place * apart());
  }

  private List<Long> fours() {
    return List.of(images(), rows(), strips, (long) STEP, channels());
  }

  /**
   * Strips of a row that have a number of the map in a place.
   *
   * @param number of the map that the first of them has there
   */
  private record Run(long place, long first, long count, long number) {

    Run part(long begin, long end) {
      return new Run(place, first + begin, end - begin, number + begin * STEP);
    }
  }

  private Run run(long place, long pad) {
    long first = Math.max(0, -Math.floorDiv(place - pad, STEP));
    long end = Math.min(strips, Math.floorDiv(map.get(3) - 1 + pad - place, STEP) + 1);
    return new Run(place, first, end - first, first * STEP + place - pad);
  }

  /** A last strip that ends beyond the border is moved alone: oneDNN would see rows overlap. */
  private List<Run> parts(Run run) {
    long inside = run.count() * STEP > map.get(3) ? run.count() - 1 : run.count();
    return Stream.of(run.part(0, inside), run.part(inside, run.count()))
        .filter(part -> part.count() > 0)
        .toList();
  }

  private memory ofMap(Chain chain, memory whole, Run run) {
    List<Long> strides = List.of(rows() * line(), line(), STEP * channels(), 1L);
    memory.desc layout = Strips.ARITHMETIC.strided(extents(run), strides);
    return chain.part(whole, layout, run.number() * channels());
  }

  private memory ofStrips(Chain chain, Area area, Run run) {
    List<Long> strides = List.of(strips * channels(), row(), channels(), 1L);
    memory.desc layout = arithmetic.strided(extents(run), strides);
    return chain.in(area, layout, run.place() * apart() + run.first() * channels());
  }

  private List<Long> extents(Run run) {
    return List.of(images(), rows(), run.count(), channels());
  }
}
