package io.github.nolabel.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.onnxruntime.OrtValue;
import org.junit.jupiter.api.Test;

class TensorBindingsTest {

  private final TensorBindings bindings = new TensorBindings(OrtLibrary.load(), 3);

  @Test
  void aTensorThatComesBackKeepsItsView() {
    Tensor tensor = Tensor.scalar(1);
    OrtValue view = bindings.viewOf(tensor);
    assertThat(bindings.viewOf(tensor)).isSameAs(view);
    assertThat(bindings.viewOf(tensor.copy())).isNotSameAs(view);
    bindings.close();
  }

  @Test
  void tensorsThatStayAwayAreForgottenTheLongestFirst() {
    Tensor steady = Tensor.scalar(0);
    OrtValue view = bindings.viewOf(steady);
    for (int i = 0; i < 50; i++) {
      bindings.viewOf(Tensor.scalar(i));
      assertThat(bindings.viewOf(steady)).isSameAs(view);
      assertThat(bindings.size()).isLessThanOrEqualTo(3);
    }
    bindings.close();
    assertThat(bindings.size()).isZero();
  }

  @Test
  void scopesFreeTheYoungestFirstAndOnce() {
    List<String> freed = new ArrayList<>();
    NativeScope scope = new NativeScope();
    scope.own("state", freed::add);
    scope.own("session", freed::add);
    scope.close();
    scope.close();
    assertThat(freed).containsExactly("session", "state");
  }
}
