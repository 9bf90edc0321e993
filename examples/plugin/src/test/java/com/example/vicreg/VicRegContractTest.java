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
        .vanishing("projector/layer_1/bias", "batch normalisation subtracts it again")
        .tests()
        .stream();
  }
}
