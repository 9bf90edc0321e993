package io.github.nolabel.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import org.junit.jupiter.api.Test;

class CardsTest {

  @Test
  void theFirstAddressIsTheCard() {
    assertThat(Cards.first("3")).hasValue(3);
    assertThat(Cards.first("2", "0")).hasValue(2);
    assertThat(Cards.first(" 1\n")).hasValue(1);
  }

  @Test
  void withoutAddressesThePlansCardStays() {
    assertThat(Cards.first()).isEmpty();
  }

  @Test
  void anAddressThatIsNoNumberIsRefused() {
    for (String address : new String[] {"GPU-1a2b", "-1", ""}) {
      assertThatThrownBy(() -> Cards.first(address))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("Spark gives a task the card '" + address + "'");
    }
  }
}
