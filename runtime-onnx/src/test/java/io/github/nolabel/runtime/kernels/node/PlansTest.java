package io.github.nolabel.runtime.kernels.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;

class PlansTest {

  private final Plans<Object> plans = new Plans<>();

  @Test
  void extentsThatWereThereBeforeGetWhatWasMadeForThem() {
    Object first = plans.of(List.of(tensor(2, 3), tensor(3)), Object::new);
    Object other = plans.of(List.of(tensor(2, 4), tensor(3)), Object::new);
    assertThat(other).isNotSameAs(first);
    assertThat(plans.of(List.of(tensor(2, 3), tensor(3)), Object::new)).isSameAs(first);
    assertThat(plans.of(List.of(tensor(2, 4), tensor(3)), Object::new)).isSameAs(other);
  }

  @Test
  void theirOrderMatters() {
    Object first = plans.of(List.of(tensor(2), tensor(3)), Object::new);
    assertThat(plans.of(List.of(tensor(3), tensor(2)), Object::new)).isNotSameAs(first);
  }

  private static NativeTensor tensor(Integer... extents) {
    List<Long> longs = Stream.of(extents).map(Integer::longValue).toList();
    return new NativeTensor(longs, new BytePointer(), Float.BYTES);
  }
}
