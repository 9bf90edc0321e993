package com.example.vicreg;

import io.github.nolabel.testkit.MethodContract;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class VicRegContractTest {

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return MethodContract.of(new VicRegProvider(), directory)
        .vanishing("projector/layer_./bias", "every term sees differences of embeddings only")
        .tests()
        .stream();
  }
}
