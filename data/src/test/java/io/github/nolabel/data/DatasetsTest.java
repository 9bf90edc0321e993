package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetsTest {

  @TempDir private Path folder;

  @Test
  void everyKindIsFoundAndDescribedInOneLine() {
    assertThat(Datasets.sources())
        .extracting(SourceProvider::name)
        .containsExactly(
            "cifar10", "cifar100", "coco", "folder", "idx", "packaged", "pairs", "tar");
    assertThat(Datasets.sources())
        .allSatisfy(
            source -> {
              assertThat(source.usage()).startsWith(source.name());
              assertThat(source.summary()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
            });
  }

  @Test
  void aMisspeltKindIsSuggested() {
    assertMistake(
        "foldr:photos",
        "No data source 'foldr'. Did you mean 'folder'? Write one of: cifar10:PATH, ");
    assertMistake("nowhere/at/all", "(There is no file or folder of that name either.)");
  }

  @Test
  void kindsIgnoreCaseAndDashes() {
    assertMistake("CIFAR-10:" + folder, "no data_batch_1.bin");
  }

  @Test
  void aPathWithoutAKindGetsTheLikelyKind() throws IOException {
    assertMistake(folder.toString(), "lacks its kind: write folder:" + folder + ".");
    Path tar = Files.createFile(folder.resolve("a.tar.gz"));
    assertMistake(tar.toString(), "write tar:" + tar + ".");
    Files.createFile(folder.resolve("train-images-idx3-ubyte.gz"));
    assertMistake(folder.toString(), "write idx:" + folder + ".");
  }

  @Test
  void aMisspeltKeyIsSuggested() {
    assertMistake(
        "tar:" + folder + "?splt=train", "unknown key 'splt'. Did you mean 'split'? Keys: split.");
    assertMistake("packaged?split=train", "unknown key 'split'. Keys: heldOut.");
  }

  @Test
  void brokenOptionsAreMistakes() {
    assertMistake("folder:x?split=a&b", "expected key=value after '?', got 'b'");
    assertMistake("folder:x?split=a&split=b", "key 'split' is given twice");
  }

  @Test
  void missingPathsAreMistakes() {
    assertMistake("folder:", "lacks its path: write folder:PATH.");
    assertMistake("folder:no/such", "'no/such' does not exist (looked in /");
    assertMistake("folder:" + folder.resolve("no"), "does not exist.");
    assertMistake("packaged:here", "'packaged' takes no path, got 'here'");
  }

  @Test
  void aQuestionMarkMayBePartOfAPath() {
    SourceAddress address = SourceAddress.parse("folder:what?/really");
    assertThat(address.path()).isEqualTo("what?/really");
    assertThat(SourceAddress.parse("tar:a?b.tar?split=c").path()).isEqualTo("a?b.tar");
  }

  @ParameterizedTest
  @CsvSource({
    "/own, /xdg, /own",
    "'', /xdg, /xdg/nolabel",
    "'', '', /home/me/.cache/nolabel",
  })
  void theCacheFolderFollowsTheEnvironment(String own, String xdg, Path expected) {
    Map<String, String> environment = Map.of("NOLABEL_CACHE", own, "XDG_CACHE_HOME", xdg);
    assertThat(DatasetSettings.userCache(environment, "/home/me")).isEqualTo(expected);
  }

  @Test
  void aNegativeLimitIsAMistake() {
    assertThatThrownBy(() -> DatasetSettings.DEFAULTS.withLimit(-1))
        .isInstanceOf(UserMistake.class)
        .hasMessage("limit must not be negative, got -1");
  }

  private static void assertMistake(String source, String part) {
    assertThatThrownBy(() -> Datasets.open(source, DatasetSettings.DEFAULTS))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(part);
  }
}
