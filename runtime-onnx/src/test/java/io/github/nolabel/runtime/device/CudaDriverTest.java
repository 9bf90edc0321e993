package io.github.nolabel.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaDriverTest {

  @TempDir Path facts;

  @Test
  void versionAndCardsAreReadFromItsFiles() throws IOException {
    version("NVIDIA UNIX Open Kernel Module for x86_64  580.159.04  Release Build  (user@host)");
    card("0000:41:00.0", "NVIDIA H100 80GB HBM3");
    card("0000:42:00.0", "NVIDIA A100-SXM4-40GB");
    CudaDriver driver = CudaDriver.in(facts);
    assertThat(driver.described())
        .isEqualTo("580.159.04, NVIDIA H100 80GB HBM3, NVIDIA A100-SXM4-40GB");
    assertThat(driver.isTooOld()).isFalse();
  }

  @Test
  void aDriverOfAnEarlierCudaIsTooOld() throws IOException {
    version("NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023");
    assertThat(CudaDriver.in(facts).isTooOld()).isTrue();
    assertThat(CudaDriver.in(facts).described()).isEqualTo("535.104.05");
  }

  @Test
  void nothingIsKnownWithoutItsFiles() {
    CudaDriver driver = CudaDriver.in(facts.resolve("absent"));
    assertThat(driver.isTooOld()).isFalse();
    assertThat(driver.described()).isEqualTo("of unknown version");
  }

  private void version(String module) throws IOException {
    Files.writeString(
        facts.resolve("version"), "NVRM version: " + module + "\nGCC version:  gcc version 12.2.0");
  }

  private void card(String address, String model) throws IOException {
    Path folder = Files.createDirectories(facts.resolve("gpus").resolve(address));
    Files.writeString(folder.resolve("information"), "Model: \t\t " + model + "\nIRQ:   \t\t 27\n");
  }
}
