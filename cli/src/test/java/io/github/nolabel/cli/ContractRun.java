package io.github.nolabel.cli;

import io.github.nolabel.testkit.MethodContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DynamicTest;

/** Runs the contract of a method that is on the class path, in a process of its own. */
final class ContractRun {

  private ContractRun() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("contract");
    MethodContract contract =
        MethodContract.of(arguments[0], folder).vanishing(arguments[1], arguments[2]);
    for (DynamicTest promise : contract.tests()) {
      try {
        promise.getExecutable().execute();
        System.out.println("kept: " + promise.getDisplayName());
      } catch (Throwable broken) {
        throw new IllegalStateException("broken: " + promise.getDisplayName(), broken);
      }
    }
  }
}
