package io.github.nolabel.methods.multimodal.contract;

import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
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
    return Methods.all().all().stream()
        .map(method -> DynamicContainer.dynamicContainer(method.name(), contract(method).tests()));
  }

  private MethodContract contract(MethodProvider<?> method) {
    return Contracts.promised(MethodContract.of(method, directory))
        .with(Contracts.settings(method.name()))
        .golden(GRAPHS.resolve(method.name() + ".txt"));
  }
}
