package io.github.nolabel.spark.source;

import static io.github.nolabel.spark.source.Sources.all;
import static io.github.nolabel.spark.source.Sources.assertMistake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.SourceAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopSourceTest {

  @TempDir private Path folder;

  @Test
  void aFolderMeansWhatItMeansToFolder() throws IOException {
    Pictures.write(
        folder,
        List.of("train/a b/2.png", "train/cat/1.png", "test/cat/3.png", "train/.hidden/4.png"));
    Files.writeString(folder.resolve("train/cat/1.txt"), "a cat\n\nand its tail\n");
    Files.writeString(folder.resolve("list.csv"), "nothing");
    List<String> told = new ArrayList<>();
    Dataset near = Datasets.open("folder:" + folder, DatasetSettings.DEFAULTS, told::add);
    List<String> toldOfFar = new ArrayList<>();
    Dataset far =
        Datasets.open("hadoop:" + folder.toUri(), DatasetSettings.DEFAULTS, toldOfFar::add);
    requireSame(far.training(), near.training());
    requireSame(far.heldOut().images(), near.heldOut().images());
    assertThat(Pictures.names(far.training()))
        .containsExactly("train/a b/2.png", "train/cat/1.png");
    assertThat(far.training().captions(1)).containsExactly("a cat", "and its tail");
    assertThat(toldOfFar).isEqualTo(told);
  }

  private static void requireSame(ImageDataset actual, ImageDataset expected) {
    assertThat(Pictures.names(actual)).isEqualTo(Pictures.names(expected));
    assertThat(Pictures.greys(actual)).isEqualTo(Pictures.greys(expected));
    assertThat(Pictures.labels(actual)).isEqualTo(Pictures.labels(expected));
  }

  @Test
  void splitPicksATopFolder() throws IOException {
    Pictures.write(folder, List.of("train/1.png", "val/2.png"));
    assertThat(Pictures.names(all("hadoop:" + folder.toUri() + "?split=val")))
        .containsExactly("val/2.png");
    assertMistake("hadoop:" + folder + "?split=vall", "Did you mean 'val'?");
  }

  @Test
  void otherImagesHaveAnotherFingerprint() throws IOException {
    Pictures.write(folder, List.of("1.png", "2.png"));
    String source = "hadoop:" + folder.toUri();
    String before = Datasets.open(source, DatasetSettings.DEFAULTS).fingerprint();
    assertThat(Datasets.open(source, DatasetSettings.DEFAULTS).fingerprint()).isEqualTo(before);
    Files.move(folder.resolve("1.png"), folder.resolve("3.png"));
    assertThat(Datasets.open(source, DatasetSettings.DEFAULTS).fingerprint()).isNotEqualTo(before);
  }

  /** Else another image would take its place, on this worker alone. */
  @Test
  void whatCannotBeReadEndsTheTaskAndWhatIsNoImageDoesNot() throws IOException {
    Pictures.write(folder, List.of("1.png", "2.png"));
    Files.write(folder.resolve("3.png"), new byte[100]);
    ImageDataset all = all("hadoop:" + folder.toUri());
    Files.delete(folder.resolve("1.png"));
    assertThatThrownBy(() -> all.image(0))
        .isInstanceOf(NolabelException.class)
        .isNotInstanceOf(BrokenImageException.class)
        .hasMessageContaining("1.png' cannot be read");
    assertThat(Pictures.grey(all, 1)).isEqualTo(1);
    assertThatThrownBy(() -> all.image(2)).isInstanceOf(BrokenImageException.class);
  }

  @Test
  void mistakesAreNamedWithTheirCure() throws IOException {
    assertMistake("hadoop:" + folder.resolve("no"), "no' does not exist");
    assertMistake("hadoop:" + folder.toUri(), "no images in");
    assertMistake("hadoop:nofs://host/photos", "no file system 'nofs' is known here");
    assertMistake("hadoop:s3a://bucket/photos", "spark-submit --packages");
    assertMistake("hadoop:", "write hadoop:URI");
    Files.write(folder.resolve("a.parquet"), new byte[10]);
    assertMistake("hadoop:" + folder.resolve("a.parquet"), "is a file, expected a folder");
    assertMistake("hadoop:" + folder + "?labels=x", "unknown key 'labels'");
  }

  @Test
  void whereSparkIsMissingThatIsSaid() {
    SourceAddress address = new SourceAddress("hadoop:x", "hadoop", "x", Map.of());
    assertThatThrownBy(
            () ->
                HadoopClasses.needed(
                    address,
                    () -> {
                      throw new NoClassDefFoundError("org/apache/hadoop/fs/Path");
                    }))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("org.apache.hadoop.fs.Path is not on the class path")
        .hasMessageContaining("start through spark-submit");
  }
}
