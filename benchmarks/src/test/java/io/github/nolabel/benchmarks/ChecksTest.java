package io.github.nolabel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

  private static final Device CPU = Device.exact("cpu");

  @TempDir Path folder;

  @Test
  void aTeacherThatFollowsIsFound() {
    Check check = new TeacherCheck(CPU, folder).run();
    assertThat(check.passed()).as(check.detail()).isTrue();
  }

  @Test
  void aResumedRunIsFoundEqual() {
    Check check = new TrainingChecks(CPU, folder).resume();
    assertThat(check.passed()).as(check.detail()).isTrue();
  }

  @Test
  void aRunThatLearnsIsFound() {
    assertThat(new TrainingChecks(CPU, folder).learning(30))
        .extracting(Check::name)
        .containsExactly("SimCLR learns", "memory is flat", "export", "kNN");
  }

  @Test
  void everyOperatorIsInTheProfile() {
    Check check = new Placement(CPU, folder).run("small-cnn", Map.of(), 16);
    assertThat(check.passed()).as(check.detail()).isTrue();
    assertThat(check.detail()).matches("\\d\\d operators, all on the CPU");
  }

  @Test
  void operatorsAreReadByTheProviderThatRanThem() throws IOException {
    Path profile = folder.resolve("p.json");
    Files.writeString(
        profile,
        """
        [{"cat":"Node","args":{"provider":"CUDAExecutionProvider","op_name":"Conv","output_size":"800"}},
         {"cat":"Node","args":{"provider":"CPUExecutionProvider","op_name":"Shape","output_size":"32"}},
         {"cat":"Session","args":{}}]
        """);
    assertThat(Placement.operators(List.of(profile), 0))
        .isEqualTo(
            Map.of(
                "CUDAExecutionProvider", Set.of("Conv"), "CPUExecutionProvider", Set.of("Shape")));
    assertThat(Placement.operators(List.of(profile), 33))
        .isEqualTo(Map.of("CUDAExecutionProvider", Set.of("Conv")));
  }

  @Test
  void distancesAreRelativeToTheLargestAndNeverForgiveNaN() {
    assertThat(Distances.relative(new float[] {2, -4}, new float[] {2, -3})).isEqualTo(0.25);
    assertThat(Distances.relative(new float[] {1}, new float[] {Float.NaN})).isInfinite();
    assertThat(
            Distances.worst(
                Map.of("a", Tensor.scalar(1), "b", Tensor.scalar(1)),
                Map.of("a", Tensor.scalar(1), "b", Tensor.scalar(9)),
                "a"::equals))
        .isZero();
  }

  @Test
  void picturesAreFiles() {
    Pictures.write(folder, 9, 16);
    assertThat(folder.resolve("kind-0/8.jpg")).isNotEmptyFile();
  }
}
