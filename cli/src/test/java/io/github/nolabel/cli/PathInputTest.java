package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Texts that are no path anywhere; in a locale that is not UTF-8, {@code läufe} is one of them. */
class PathInputTest {

  @Test
  void aFlagThatIsNoPathIsToldInOneSentence() {
    Typed typed = Typed.nolabel("pretrain", "simclr", "--out", "a\0b");
    assertThat(typed.exitCode()).isEqualTo(ExitCodes.MISTAKE);
    assertThat(typed.complaints())
        .containsExactly(
            "nolabel: Invalid value for option '--out': 'a\0b' is no path: Nul character not"
                + " allowed. See 'nolabel pretrain --help'.");
  }

  @Test
  void aPathWithinAnOptionIsToldAsWell() {
    Typed typed =
        Typed.nolabel("pretrain", "simclr", "--backbone", "resnet18", "--weights", "a\0b");
    assertThat(typed.exitCode()).isEqualTo(ExitCodes.MISTAKE);
    assertThat(typed.complaints())
        .containsExactly("nolabel: 'a\0b' is no path: Nul character not allowed.");
  }
}
