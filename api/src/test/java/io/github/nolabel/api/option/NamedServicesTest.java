package io.github.nolabel.api.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedServicesTest {

  private static final Service SIMCLR = new Service("simclr", List.of());
  private static final Service BARLOW = new Service("barlow-twins", List.of("bt"));
  private static final Service MOCO = new Service("moco-v2", List.of("moco"));

  private final NamedServices<Service> methods =
      NamedServices.index("method", List.of(MOCO, SIMCLR, BARLOW));

  @Test
  void caseDashesAndUnderscoresDoNotMatter() {
    for (String name : List.of("barlow-twins", "BarlowTwins", "barlow_twins", "BT")) {
      assertThat(methods.require(name)).isSameAs(BARLOW);
    }
    assertThat(methods.require("MoCov2")).isSameAs(MOCO);
  }

  @Test
  void servicesAreListedByName() {
    assertThat(methods.all()).containsExactly(BARLOW, MOCO, SIMCLR);
  }

  @Test
  void anUnknownNameSuggestsTheNearestAndListsAll() {
    assertThatThrownBy(() -> methods.require("simlcr"))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "No method 'simlcr'. Did you mean 'simclr'? Available: barlow-twins, moco-v2, simclr.");
    assertThatThrownBy(() -> methods.require("transformer"))
        .hasMessage("No method 'transformer'. Available: barlow-twins, moco-v2, simclr.");
    assertThatThrownBy(() -> NamedServices.index("method", List.<Service>of()).require("x"))
        .hasMessageContaining("is a jar that provides one on the class path?");
  }

  @Test
  void twoServicesOfOneNameAreABug() {
    Service other = new Service("SimClr".toLowerCase(java.util.Locale.ROOT), List.of());
    assertThatThrownBy(() -> NamedServices.index("method", List.of(SIMCLR, other)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Two providers claim method 'simclr'")
        .hasMessageContaining(Service.class.getName());
    Service alias = new Service("another", List.of("Moco_V2"));
    assertThatThrownBy(() -> NamedServices.index("method", List.of(MOCO, alias)))
        .hasMessageContaining("'Moco_V2'");
  }

  @Test
  void namesAreKebabCase() {
    for (String name : List.of("SimCLR", "moco_v2", "-x", "x-", "1st", "")) {
      Service wrong = new Service(name, List.of());
      assertThatThrownBy(() -> NamedServices.index("method", List.of(wrong)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("kebab-case");
    }
  }

  /** A service of any name; compared by identity, as providers are. */
  private static final class Service implements NamedService {
    private final String name;
    private final List<String> aliases;

    Service(String name, List<String> aliases) {
      this.name = name;
      this.aliases = aliases;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<String> aliases() {
      return aliases;
    }
  }
}
