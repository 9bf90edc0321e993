package io.github.nolabel.graph;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fixed arguments of a node, sorted by name. Values are {@link Long}, {@link Double}, {@link
 * String}, lists of longs, or a {@link io.github.nolabel.api.Tensor}.
 */
public record Attributes(SortedMap<String, Object> values) {

  public static final Attributes NONE = new Attributes(new TreeMap<>());

  public Attributes {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  public static Attributes of(String name, Object value) {
    return NONE.with(name, value);
  }

  /** A copy with one more attribute. Integers and lists of integers are widened to longs. */
  public Attributes with(String name, Object value) {
    SortedMap<String, Object> extended = new TreeMap<>(values);
    extended.put(name, value instanceof Integer number ? (Object) number.longValue() : value);
    return new Attributes(extended);
  }

  public Attributes withAll(String name, long... value) {
    return with(name, java.util.Arrays.stream(value).boxed().toList());
  }

  public Attributes with(String name, boolean value) {
    return with(name, value ? 1L : 0L);
  }

  public long integer(String name) {
    return (Long) value(name);
  }

  public double number(String name) {
    return (Double) value(name);
  }

  public boolean flag(String name) {
    return integer(name) != 0;
  }

  public String text(String name) {
    return (String) value(name);
  }

  public List<Long> integers(String name) {
    return ((List<?>) value(name)).stream().map(Long.class::cast).toList();
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /** An attribute as it is kept. */
  public Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("no attribute '" + name + "' in " + values);
    }
    return value;
  }
}
