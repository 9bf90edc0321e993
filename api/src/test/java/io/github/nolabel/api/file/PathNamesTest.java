package io.github.nolabel.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PathNamesTest {

  @Test
  void aPathThatIsNoneIsToldWithItsFault() {
    assertThat(PathNames.why(new InvalidPathException("a", "Nul character not allowed")))
        .isEqualTo("'a' is no path: Nul character not allowed.");
  }

  @Test
  void anOrdinaryNamePasses() {
    for (String name : new String[] {"a/b.png", "Äpfel/日本.png", "\uFFFD.png"}) {
      assertThat(PathNames.checked("x", Path.of(name))).isEqualTo(Path.of(name));
    }
  }

  @Test
  void aNameOfOtherBytesIsRefused() {
    Path latin = Path.of(URI.create("file:///tmp/%E4.png"));
    Assumptions.assumeTrue(latin.toString().indexOf('\uFFFD') >= 0, "names are texts here");
    assertThatThrownBy(() -> PathNames.checked("Data source 'x'", latin))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("Data source 'x': the name of '/tmp/")
        .hasMessageEndingWith("Rename it, such as with convmv -t utf8.");
  }

  @Test
  void exceptionsThatOnlyNameTheFileGetWords() {
    assertThat(PathNames.why(new AccessDeniedException("/a"))).isEqualTo("permission denied");
    assertThat(PathNames.why(new NoSuchFileException("/a"))).isEqualTo("there is no such file");
    assertThat(PathNames.why(new IOException("disk full"))).isEqualTo("disk full");
  }
}
