package io.github.nolabel.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A BERT of one block and 8 features in a safetensors file; all of its numbers are small. */
final class BertFile {

  private static final int WIDTH = 8;

  private final List<String> entries = new ArrayList<>();
  private int numbers;

  private BertFile() {}

  static Path write(Path file, int tokens, int places) throws IOException {
    BertFile bert = new BertFile();
    bert.add("embeddings.word_embeddings.weight", tokens, WIDTH);
    bert.add("embeddings.position_embeddings.weight", places, WIDTH);
    bert.add("embeddings.token_type_embeddings.weight", 2, WIDTH);
    bert.norm("embeddings.LayerNorm");
    String block = "encoder.layer.0.";
    for (String part : List.of("self.query", "self.key", "self.value", "output.dense")) {
      bert.dense(block + "attention." + part, WIDTH, WIDTH);
    }
    bert.norm(block + "attention.output.LayerNorm");
    bert.dense(block + "intermediate.dense", 4 * WIDTH, WIDTH);
    bert.dense(block + "output.dense", WIDTH, 4 * WIDTH);
    bert.norm(block + "output.LayerNorm");
    return Files.write(file, bert.bytes());
  }

  private void dense(String name, int outputs, int inputs) {
    add(name + ".weight", outputs, inputs);
    add(name + ".bias", outputs);
  }

  private void norm(String name) {
    add(name + ".weight", WIDTH);
    add(name + ".bias", WIDTH);
  }

  private void add(String name, int... extents) {
    int begin = 4 * numbers;
    numbers += Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    entries.add(
        "\"bert.%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
            .formatted(name, Arrays.toString(extents), begin, 4 * numbers));
  }

  private byte[] bytes() {
    byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(8 + header.length + 4 * numbers).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(header.length).put(header);
    for (int i = 0; i < numbers; i++) {
      all.putFloat(0.1f * (float) Math.sin(i * (double) i));
    }
    return all.array();
  }
}
