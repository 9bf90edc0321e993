package io.github.nolabel.method;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Module;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.option.FileOptions;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.update.Optimizers;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodRowTest {

  private static final MethodRow<Config> ROW =
      MethodRow.of("row", "Tells nothing", new Config(new NamedFile("a.onnx", "")), Nothing.class)
          .withRunDefaults("optimizer.clipNorm=2 imageSize=32");

  @Test
  void aTableIsFoundAsAProviderIs(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(MethodTable.class.getName()), Table.class.getName());
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, MethodRowTest.class.getClassLoader())) {
      assertThat(Methods.all(loader).require("row")).isSameAs(ROW);
    }
  }

  @Test
  void aRowSaysWhatSuitsTheRun() {
    assertThat(ROW.runDefaults())
        .containsExactly(Map.entry("optimizer.clipNorm", "2"), Map.entry("imageSize", "32"));
    assertThat(ROW.texts()).isEmpty();
    assertThat(ROW.presets()).isEmpty();
    assertThat(ROW.home()).isEqualTo(Config.class);
  }

  @Test
  void filesOfTheOptionsArePinned() {
    assertThat(ROW.files(ROW.defaults())).containsExactly(Path.of("a.onnx"));
    assertThat(ROW.pinned(ROW.defaults()))
        .isEqualTo(new Config(new NamedFile("a.onnx", "sha of a.onnx")));
  }

  @Test
  void anObjectiveGetsTheSharedOptionsAndWhatIsMadeOfThem() {
    Networks networks = Networks.of(Backbones.create("small-cnn", Map.of(), 16));
    Module host =
        Methods.host(RunSpec.of("small-cnn", 16, 2, 4, 1), networks, Optimizers.standard());
    Objective objective =
        Guice.createInjector(ROW.module(ROW.defaults()), host).getInstance(Objective.class);
    assertThat(((Nothing) objective).made().options()).isEqualTo(ROW.defaults().files());
  }

  /** Registers the row. */
  public static final class Table implements MethodTable {
    @Override
    public List<MethodProvider<?>> methods() {
      return List.of(ROW);
    }
  }

  /** Options with shared ones. */
  public record Config(NamedFile files) {}

  /** Options that name a file. */
  public record NamedFile(@Option("File") String file, @Option("Pin") String sha256)
      implements FileOptions {
    @Override
    public List<Path> files() {
      return List.of(Path.of(file));
    }

    @Override
    public Map<String, String> fingerprints() {
      return Map.of("sha256", "sha of " + file);
    }
  }

  /** What is made of shared options. */
  record Made(NamedFile options) {
    @Inject
    Made {}
  }

  /** Asks for its options, and for what is made of those that they share. */
  record Nothing(Config config, Made made) implements Objective {
    @Override
    public Value loss(StepGraph step) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InputPlan inputs() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Cut> cuts() {
      throw new UnsupportedOperationException();
    }
  }
}
