package io.github.nolabel.runs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardFileTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_700_000_000_500L), ZoneOffset.UTC);

  @TempDir Path folder;

  /** RFC 3720, B.4, gives the CRC-32C of 32 zero bytes; the mask is TensorFlow's. */
  @Test
  void sumsAreMaskedCastagnoli() {
    CRC32C plain = new CRC32C();
    plain.update(new byte[32]);
    assertThat(plain.getValue()).isEqualTo(0x8a9136aaL);
    // ((0x8a9136aa >>> 15) | (0x8a9136aa << 17)) + 0xa282ead8 = 0x6d551522 + 0xa282ead8
    assertThat(EventRecords.maskedSum(new byte[32])).isEqualTo(0x0fd7fffa);
  }

  /** Written by tensorboard 2.21's RecordWriter: `RecordWriter(f).write(b"nolabel")`. */
  @Test
  void aRecordIsWhatTensorBoardsOwnWriterWrites() {
    assertThat(
            HexFormat.of()
                .formatHex(EventRecords.framed("nolabel".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("0700000000000000bbd79f116e6f6c6162656c602002ac");
  }

  /**
   * `Event(wall_time=1.5, step=300, summary=...)` as tensorboard 2.21's protobuf class writes it.
   */
  @Test
  void anEventIsWhatTensorBoardsOwnClassWrites() {
    assertThat(HexFormat.of().formatHex(EventRecords.scalars(1.5, 300, Map.of("loss", 0.25))))
        .isEqualTo("09000000000000f83f10ac022a0d0a0b0a046c6f7373150000803e");
  }

  @Test
  void everyRunAddsAFileInTheOrderOfNames() throws IOException {
    for (int run = 0; run < 3; run++) {
      TensorBoardFile file = new TensorBoardFile(folder.resolve("events"), CLOCK);
      file.onStep(Reports.at(run + 1));
      file.onEnd();
    }
    try (var files = Files.list(folder.resolve("events"))) {
      assertThat(files.map(path -> path.getFileName().toString()).sorted())
          .containsExactly(
              "events.out.tfevents.1700000000.000.nolabel",
              "events.out.tfevents.1700000000.001.nolabel",
              "events.out.tfevents.1700000000.002.nolabel");
    }
  }

  @Test
  void theFileStartsWithItsVersionAndIsFlushedStepByStep() throws IOException {
    TensorBoardFile file = new TensorBoardFile(folder, CLOCK);
    file.onStep(Reports.at(1));
    Path written;
    try (var files = Files.list(folder)) {
      written = files.findFirst().orElseThrow();
    }
    String contents = Files.readString(written, StandardCharsets.ISO_8859_1);
    assertThat(contents.indexOf("brain.Event:2")).isBetween(12, 40);
    assertThat(contents)
        .contains("loss", "learning_rate", "images_per_second", "monitor/gradient_norm");
    file.onEnd();
  }
}
