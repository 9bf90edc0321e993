package io.github.nolabel.networks.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.testing.SafetensorsDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

  private static final String GOOD =
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

  @TempDir Path folder;

  /** Bits of 1.5 and -2: IEEE 754 binary16, bfloat16, binary32 and binary64, little-endian. */
  @Test
  void floatsOfAllWidthsAreRead() {
    long[] two = {2};
    byte[] wide = {0, 0, 0, 0, 0, 0, (byte) 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, (byte) 0xC0};
    SafetensorsFile file =
        read(
            new SafetensorsDraft()
                .floats("single", two, 1.5f, -2)
                .raw("half", "F16", two, new byte[] {0, 0x3E, 0, (byte) 0xC0})
                .raw("brain", "BF16", two, new byte[] {(byte) 0xC0, 0x3F, 0, (byte) 0xC0})
                .raw("twice", "F64", two, wide)
                .raw("count", "I64", new long[0], new byte[8]));
    for (String name : new String[] {"single", "half", "brain", "twice"}) {
      assertThat(file.tensor(name).toFloats()).as(name).containsExactly(1.5f, -2);
    }
    assertThat(file.entries().keySet())
        .containsExactly("single", "half", "brain", "twice", "count");
    assertThatThrownBy(() -> file.tensor("count"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("tensor 'count' holds I64");
  }

  @Test
  void namesMayHoldEscapes() {
    String header = GOOD.replace("\"a\"", "\"\\u0061\\\\\\\"\\n\"");
    Path path = SafetensorsDraft.write(folder.resolve("x"), header, new byte[8]);
    assertThat(SafetensorsFile.read(path).entries()).containsOnlyKeys("a\\\"\\x0a");
  }

  @Test
  void theFingerprintIsOfEveryByte() {
    String first = read(new SafetensorsDraft().floats("a", new long[] {1}, 1)).sha256();
    String same = read(new SafetensorsDraft().floats("a", new long[] {1}, 1)).sha256();
    String other = read(new SafetensorsDraft().floats("a", new long[] {1}, 2)).sha256();
    assertThat(first).isEqualTo(same).isNotEqualTo(other).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0,8]    | [0,4]    | cannot have 4 bytes",
        "[0,8]    | [4,8]    | expected to begin at 0",
        "[0,8]    | [0,16]   | expected to begin at 0 and to end by 8",
        "[0,8]    | [8,0]    | lies at bytes 8 to 0",
        "[0,8]    | [0]      | two data_offsets",
        "[0,8]    | [0,8,8]  | two data_offsets",
        "[0,8]    | [-1,8]   | a whole number was expected",
        "[0,8]    | [0,8e0]  | a whole number was expected",
        "[0,8]    | [0,9999999999999999999] | a whole number was expected",
        "[2]      | [3]      | cannot have 8 bytes",
        "[2]      | [4294967296,4294967296] | cannot have 8 bytes",
        "F32      | F31      | no number format F31",
        "dtype    | type     | 'type' of tensor 'a' is unknown",
        "}}       | }        | expected close marker for Object, at character 53",
        "}}       | }}x      | Unrecognized token 'x'",
        "}}       | },\"a\":{}} | Duplicate field 'a'",
        "\"F32\"  | 32       | a text was expected",
        "{\"a\"   | [\"a\"   | an object was expected",
        "\"a\"    | \"a      | was expecting a colon",
        "\"a\"    | \"\\x\"  | Unrecognized character escape",
      })
  void damagedHeadersAreRefused(String from, String to, String said) {
    String header = GOOD.replace(from, to);
    assertThat(header).isNotEqualTo(GOOD);
    Path path = SafetensorsDraft.write(folder.resolve("bad"), header, new byte[8]);
    assertThatThrownBy(() -> SafetensorsFile.read(path))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is no safetensors file, or damaged")
        .hasMessageContaining(said);
  }

  @Test
  void spaceThatNoTensorFillsIsRefused() {
    Path path = SafetensorsDraft.write(folder.resolve("long"), GOOD, new byte[12]);
    assertThatThrownBy(() -> SafetensorsFile.read(path))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("end at byte 8 of 12");
  }

  @Test
  void announcedLengthsAreChecked() throws IOException {
    byte[] whole =
        Files.readAllBytes(SafetensorsDraft.write(folder.resolve("w"), GOOD, new byte[8]));
    for (int cut = 0; cut < whole.length; cut++) {
      assertRefused(Arrays.copyOf(whole, cut));
    }
    for (int top : new int[] {1, 0x40, 0x7F, 0x80, 0xFF}) {
      byte[] huge = whole.clone();
      huge[7] = (byte) top;
      assertRefused(huge);
    }
  }

  @Test
  void changedBytesAreReadOrRefused() throws IOException {
    byte[] whole =
        Files.readAllBytes(SafetensorsDraft.write(folder.resolve("w"), GOOD, new byte[8]));
    Random random = new Random(2);
    Path file = folder.resolve("changed");
    int refused = 0;
    for (int trial = 0; trial < 1000; trial++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length - 8)] = (byte) random.nextInt(256);
      Files.write(file, changed);
      try {
        SafetensorsFile.read(file);
      } catch (UserMistake e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  private void assertRefused(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("cut"), bytes);
    assertThatThrownBy(() -> SafetensorsFile.read(file)).isInstanceOf(UserMistake.class);
  }

  private SafetensorsFile read(SafetensorsDraft draft) {
    return SafetensorsFile.read(draft.write(folder.resolve("file.safetensors")));
  }
}
