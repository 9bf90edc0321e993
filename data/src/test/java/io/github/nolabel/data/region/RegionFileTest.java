package io.github.nolabel.data.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.Regions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionFileTest {

  private static final float[] FEATURES = {-0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f};
  private static final float[] BOXES = {0, 0, 0.5f, 0.5f, 0.25f, 0.25f, 1, 1};

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"float16.npy", "float32.npy", "float64.npy", "version2.npy"})
  void readsFeaturesThatNumpyWrote(String name) throws IOException {
    Regions regions = RegionFile.read(resource(name));
    assertThat(regions.count()).isEqualTo(2);
    assertThat(regions.width()).isEqualTo(3);
    assertThat(regions.features()).containsExactly(FEATURES);
    assertThat(regions.hasBoxes()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pixels.npz",
        "deflated.npz",
        "shares.npz",
        "shares.safetensors",
        "pixels.safetensors"
      })
  void readsFeaturesAndBoxes(String name) throws IOException {
    Regions regions = RegionFile.read(resource(name));
    assertThat(regions.features()).containsExactly(FEATURES);
    assertThat(regions.boxes()).containsExactly(BOXES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classes.npz", "classes.safetensors"})
  void readsWhatTheRegionsAre(String name) throws IOException {
    Regions regions = RegionFile.read(resource(name));
    assertThat(regions.classCount()).isEqualTo(3);
    assertThat(regions.classes())
        .containsExactly(
            new float[] {0.5f, 0.25f, 0.25f, 0, 0.0999f / 0.9999f, 0.9f / 0.9999f}, within(1e-3f));
    assertThat(regions.classes()[4] + regions.classes()[5]).isCloseTo(1, within(1e-6f));
    assertThat(RegionFile.read(resource("pixels.npz")).classCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fortran.npy      | the array is in Fortran order, expected row-major order",
        "int64.npy        | the array is int64[2, 3], expected float32, float16 or float64",
        "bigendian.npy    | numbers of type '>f4', expected little-endian float16",
        "objects.npy      | numbers of type '|O', expected little-endian float16",
        "fields.npy       | numbers of type '[('a', '<f4'), ('b', '<f4')]', expected",
        "vector.npy       | the array is float32[3], expected float32, float16 or float64",
        "empty.npy        | the array is float32[0, 3], expected",
        "nan.npy          | the array has NaN at index 5, expected finite numbers only",
        "large.npy        | the array has 1.0E300 at index 0, expected finite numbers only",
        "nameless.npz     | it has the arrays 'arr_0', expected one of 'features', 'x', 'feat'",
        "threeboxes.npz   | 'boxes' is float64[3, 4], expected [2, 4]",
        "unscaled.npz     | a box has 32.0, expected to lie in [0, 1] without 'width'",
        "half.npz         | it has one of 'width' and 'height', expected both or none",
        "backwards.npz    | box 0 ends before it begins, expected x1, y1, x2, y2",
        "sizeless.npz     | 'width' is int64[], expected one positive number",
        "logits.npz       | 'soft_labels' of region 0 is no distribution: it adds up to 0.85",
        "negative.npz     | adds up to 1.0000 and its smallest number is -0.5. Expected probabilities",
        "labels.npz       | 'classes' is int64[2], expected float32, float16 or float64 of [2, classes]",
        "fewclasses.npz   | 'classes' is float32[1, 3], expected"
      },
      quoteCharacter = '"')
  void refusesWhatIsNoRegions(String name, String why) throws IOException {
    Path file = resource(name);
    assertThatThrownBy(() -> RegionFile.read(file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'" + file + "' cannot be used: ")
        .hasMessageContaining(why);
  }

  @Test
  void saysThatAFileIsMissing() {
    Path file = folder.resolve("none.npy");
    assertThatThrownBy(() -> RegionFile.read(file))
        .isInstanceOf(UserMistake.class)
        .hasMessage("There is no file '%s' of region features.", file);
    assertThatThrownBy(() -> RegionFile.read(folder.resolve("none.npz")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("There is no file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16.npy", "deflated.npz", "pixels.npz", "pixels.safetensors"})
  void everyCutIsAUserMistake(String name) throws IOException {
    byte[] whole = bytes(name);
    for (int length = 0; length < whole.length; length += 1 + whole.length / 200) {
      Path file = written(name, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> RegionFile.read(file)).isInstanceOf(UserMistake.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16.npy", "deflated.npz", "pixels.npz", "pixels.safetensors"})
  void damageIsAUserMistakeOrHarmless(String name) throws IOException {
    Random random = new Random(7);
    byte[] whole = bytes(name);
    for (int round = 0; round < 400; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Path file = written(name, damaged);
      try {
        assertThat(RegionFile.read(file).count()).isPositive();
      } catch (UserMistake mistake) {
        assertThat(mistake).hasMessageContaining(file.toString());
      }
    }
  }

  @Test
  void tellsHowANpyFileIsDamaged() throws IOException {
    byte[] whole = bytes("float32.npy");
    refused("a.npy", "photo".repeat(9).getBytes(StandardCharsets.UTF_8), "the array begins with");
    refused("a.npy", Arrays.copyOf(whole, whole.length - 1), "float32[2, 3] ends after 23 of 24");
    refused("a.npy", Arrays.copyOf(whole, whole.length + 1), "goes on after its float32[2, 3]");
    refused("a.npy", Arrays.copyOf(whole, 20), "the array ends within its header");
    refused("a.npy", Arrays.copyOf(whole, 3), "the array ends within its magic");
    byte[] later = whole.clone();
    later[6] = 9;
    refused("a.npy", later, "the array has version 9, expected 1, 2 or 3");
    byte[] huge = bytes("version2.npy");
    huge[11] = 0x7F;
    refused("a.npy", huge, "announces a header of 2,130");
    refused("a.npy", with(whole, "(2, 3)", "(2,-3)"), "the impossible shape [2, -3]");
    refused("a.npy", with(whole, "(2, 3)", "(2.3,)"), "has no 'shape' in its header");
    refused("a.npy", with(whole, "False", "Maybe"), "has no 'fortran_order' in its header");
    refused("a.npy", with(whole, "(2, 3)", "(9999)"), "float32[9999] ends after 24 of 39,996");
    refused("a.npy", with(whole, "(2, 3), }      ", "(9999999, 9999)"), "at most 67,108,864");
  }

  @Test
  void tellsHowASafetensorsFileIsDamaged() throws IOException {
    byte[] whole = bytes("shares.safetensors");
    byte[] huge = whole.clone();
    huge[5] = 1;
    refused("a.safetensors", huge, "announces a header of 1,099,511,");
    refused("a.safetensors", Arrays.copyOf(whole, 5), "it ends within its first eight bytes");
    refused("a.safetensors", Arrays.copyOf(whole, whole.length - 1), "is damaged or cut");
    refused("a.safetensors", with(whole, "{", "("), "its header is no JSON");
    refused("a.safetensors", with(whole, "[2,3]", "[2,4]"), "float32[2, 4] ends after 24 of 32");
    refused("a.safetensors", with(whole, "[2,3]", "[1,3]"), "goes on after its float32[1, 3]");
    refused("a.safetensors", with(whole, "[2,3]", "[.,3]"), "its header is no JSON");
    refused("a.safetensors", with(whole, "[2,3]", "[2,-]"), "its header is no JSON");
    refused("a.safetensors", with(whole, "F32", "U32"), "numbers of type 'U32'");
    refused("a.safetensors", safetensors("[]"), "no JSON object");
    refused("a.safetensors", safetensors("{}"), "it has the arrays none, expected one of");
    refused("a.safetensors", safetensors("{\"x\":{\"dtype\":\"F32\"}}"), "lacks its shape");
    refused(
        "a.safetensors",
        safetensors("{\"x\":{\"dtype\":\"F32\",\"shape\":[1,-1],\"data_offsets\":[0,0]}}"),
        "'x' has the impossible shape [1, -1]");
    refused(
        "a.safetensors",
        safetensors("{\"x\":{\"dtype\":\"F32\",\"shape\":[1.5,1],\"data_offsets\":[0,0]}}"),
        "'x' has 1.5 in its header");
  }

  @Test
  void aNpzThatIsNoZip() throws IOException {
    refused("a.npz", bytes("float32.npy"), "it is no zip file or not all of one");
  }

  @Test
  void readsEveryHalfFloat() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      ByteBuffer half = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
      half.putShort(0, (short) bits);
      double value = NumberFormat.F16.at(half, 0);
      int exponent = (bits >> 10) & 0x1F;
      double fraction = (bits & 0x3FF) / 1024.0;
      double expected =
          exponent == 31
              ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
              : exponent == 0
                  ? fraction * Math.pow(2, -14)
                  : (1 + fraction) * Math.pow(2, exponent - 15);
      assertThat(Math.abs(value)).isEqualTo(Double.valueOf(expected));
      if (!Double.isNaN(value)) {
        assertThat(Math.copySign(1, value) < 0).isEqualTo(bits >= 1 << 15);
      }
    }
  }

  private void refused(String name, byte[] bytes, String why) throws IOException {
    Path file = written(name, bytes);
    assertThatThrownBy(() -> RegionFile.read(file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }

  private Path written(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] safetensors(String header) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  private static byte[] with(byte[] bytes, String old, String replacement) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(old);
    assertThat(at).isNotNegative();
    String end = text.substring(at + replacement.length());
    return (text.substring(0, at) + replacement + end).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream input = RegionFileTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(input, name).readAllBytes();
    }
  }

  private Path resource(String name) throws IOException {
    return written(name, bytes(name));
  }
}
