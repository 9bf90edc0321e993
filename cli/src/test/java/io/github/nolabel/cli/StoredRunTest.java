package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What version 0.1.0 left on disk is read by every later one; see the README beside the files. */
class StoredRunTest {

  private static final Path STORED = Path.of("src/test/resources/stored/0.1.0");
  private static final String PHOTOS = "--data=folder:" + STORED.resolve("photos");

  @TempDir Path tmp;

  @Test
  void aStoppedRunGoesOnToItsEnd() {
    Path run = Folders.copy(STORED.resolve("run"), tmp.resolve("run"));
    Typed typed = Typed.nolabel("pretrain", "--resume", PHOTOS, "--out=" + run);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(Folders.files(run.resolve("checkpoints/step-0000000240"))).isNotEmpty();
    assertThat(typed.err()).contains("step 59/240", "step 240/240");
  }

  @Test
  void itsWeightsAreStillTheSame() {
    Path exported = tmp.resolve("again.onnx");
    Path run = Folders.copy(STORED.resolve("run"), tmp.resolve("run"));
    Typed typed = Typed.nolabel("export", run.toString(), "--output=" + exported);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertSameFeatures(exported);
  }

  @Test
  void anExportedBackboneGivesTheSameFeatures() {
    assertSameFeatures(STORED.resolve("exported.onnx"));
  }

  private void assertSameFeatures(Path backbone) {
    Path features = tmp.resolve("features.npy");
    Typed typed = Typed.nolabel("embed", backbone.toString(), PHOTOS, "--output=" + features);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    float[] expected = numbers(STORED.resolve("features.npy"));
    assertThat(expected).hasSize(36 * 16);
    float[] actual = numbers(features);
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  private static float[] numbers(Path npy) {
    ByteBuffer bytes = ByteBuffer.wrap(Folders.bytes(npy)).order(ByteOrder.LITTLE_ENDIAN);
    int header = 10 + bytes.getShort(8);
    FloatBuffer values =
        bytes.position(header).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] numbers = new float[values.remaining()];
    values.get(numbers);
    return numbers;
  }
}
