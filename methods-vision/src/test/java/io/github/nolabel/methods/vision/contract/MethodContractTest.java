package io.github.nolabel.methods.vision.contract;

import io.github.nolabel.api.launch.Nolabel;
import io.github.nolabel.testkit.MethodContract;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every method that is registered keeps the contract. */
class MethodContractTest {

  private static final Path GRAPHS = Path.of("src", "test", "resources", "graphs");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicContainer> everyMethodKeepsTheContract() {
    return Nolabel.methods().all().stream()
        .map(
            method ->
                DynamicContainer.dynamicContainer(
                    method.name(),
                    MethodContract.of(method, directory)
                        .golden(GRAPHS.resolve(method.name() + ".txt"))
                        .tests()));
  }
}
