package io.github.nolabel.api.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordOptionsTest {

  private static final Sample DEFAULTS = new Sample(0.5, 128, 1L << 40, true, Choice.FIRST, "a b");

  @Test
  void namedComponentsAreReplacedAndOthersStay() {
    assertThat(RecordOptions.override(DEFAULTS, Map.of("temperature", "0.2", "text", "new")))
        .isEqualTo(new Sample(0.2, 128, 1L << 40, true, Choice.FIRST, "new"));
    assertThat(RecordOptions.override(DEFAULTS, Map.of())).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({
    "projectionDim, 64",
    "projection_dim, 64",
    "PROJECTION-DIM, 64",
    "out_dim, 64",
    "outDim, 64"
  })
  void spellingHabitsAndAliasesAreUnderstood(String name, String value) {
    assertThat(RecordOptions.override(DEFAULTS, Map.of(name, value)).projectionDim()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource({"choice, other-choice", "choice, OTHER_CHOICE", "choice, OtherChoice"})
  void choicesAreUnderstoodInAnySpelling(String name, String value) {
    assertThat(RecordOptions.override(DEFAULTS, Map.of(name, value)).choice())
        .isEqualTo(Choice.OTHER_CHOICE);
  }

  @ParameterizedTest
  @CsvSource({"yes, true", "ON, true", "true, true", "no, false", "off, false", "False, false"})
  void truthHasManyWords(String text, boolean value) {
    assertThat(RecordOptions.override(DEFAULTS, Map.of("flag", text)).flag()).isEqualTo(value);
  }

  @Test
  void anUnknownOptionSuggestsTheNearest() {
    assertThatThrownBy(() -> RecordOptions.override(DEFAULTS, Map.of("temprature", "1")))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "Unknown option 'temprature'. Did you mean 'temperature'? Options: choice, count, flag,"
                + " projectionDim, temperature, text.");
    assertThatThrownBy(() -> RecordOptions.override(DEFAULTS, Map.of("zzzzzzzz", "1")))
        .hasMessageStartingWith("Unknown option 'zzzzzzzz'. Options:");
  }

  @ParameterizedTest
  @CsvSource({
    "projectionDim, 6.5, 'expects a whole number, got ''6.5'''",
    "projectionDim, 99999999999, 'expects a whole number'",
    "count, many, 'expects a whole number, got ''many'''",
    "temperature, warm, 'expects a number, got ''warm'''",
    "flag, maybe, 'expects true or false, got ''maybe'''",
    "choice, third, 'expects one of first, other-choice, got ''third'''",
  })
  void unreadableValuesSayWhatIsExpected(String name, String value, String message) {
    assertThatThrownBy(() -> RecordOptions.override(DEFAULTS, Map.of(name, value)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "temperature, 0, '[0.001, 10], got 0'",
    "temperature, 11, got 11",
    "temperature, NaN, got NaN",
    "projectionDim, -2, 'must lie in [1, '",
  })
  void boundsAreTheValidation(String name, String value, String message) {
    assertThatThrownBy(() -> RecordOptions.override(DEFAULTS, Map.of(name, value)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(name)
        .hasMessageContaining(message);
  }

  @Test
  void aRecordThatIsPutTogetherByHandChecksItself() {
    assertThatThrownBy(() -> new ByHand(0))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("width must lie in [1, ");
  }

  @Test
  void oneOptionUnderTwoNamesIsAMistake() {
    Map<String, String> twice = new LinkedHashMap<>();
    twice.put("projectionDim", "1");
    twice.put("out_dim", "2");
    assertThatThrownBy(() -> RecordOptions.override(DEFAULTS, twice))
        .hasMessage("Option 'projectionDim' is given twice, as 'projectionDim' and as 'out_dim'.");
  }

  @Test
  void optionsDocumentThemselves() {
    List<OptionInfo> options = RecordOptions.options(DEFAULTS);
    assertThat(options)
        .extracting(OptionInfo::name)
        .containsExactly("temperature", "projectionDim", "count", "flag", "choice", "text");
    assertThat(options.get(0))
        .isEqualTo(
            new OptionInfo("temperature", "number", "0.5", "[0.001, 10]", "Softness", List.of()));
    assertThat(options.get(1).aliases()).containsExactly("out_dim");
    assertThat(options.get(4).defaultValue()).isEqualTo("first");
    assertThat(options.get(4).range()).isEqualTo("first | other-choice");
    assertThat(options.get(5).range()).isEmpty();
  }

  @Test
  void aKindOfOptionHasItsRange() {
    Kinds kinds = new Kinds(128, 0.5, new Own(3));
    assertThat(RecordOptions.options(kinds))
        .containsExactly(
            new OptionInfo("width", "integer", "128", "[2, 65536]", "Width", List.of("out_dim")),
            new OptionInfo("share", "number", "0.5", "[0, 1]", "Share", List.of()),
            new OptionInfo("digit", "integer", "3", "[0, 9]", "A digit", List.of()));
    assertThat(RecordOptions.override(kinds, Map.of("out_dim", "64")).width()).isEqualTo(64);
    assertThatThrownBy(() -> RecordOptions.override(kinds, Map.of("width", "1")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("width must lie in [2, 65536], got 1");
    assertThatThrownBy(() -> RecordOptions.override(kinds, Map.of("digit", "10")))
        .hasMessageContaining("digit must lie in [0, 9]");
  }

  @Test
  void lendersAreTheRecordsWithin() {
    Own own = new Own(3);
    assertThat(RecordOptions.lenders(new Kinds(128, 0.5, own))).containsExactly(own);
    assertThat(RecordOptions.lenders(own)).isEmpty();
  }

  @Test
  void whatIsPrintedAsDefaultCanBeTyped() {
    Map<String, String> typed = new LinkedHashMap<>();
    RecordOptions.options(DEFAULTS).forEach(o -> typed.put(o.name(), o.defaultValue()));
    assertThat(RecordOptions.override(DEFAULTS, typed)).isEqualTo(DEFAULTS);
  }

  /** Options of every type. */
  public record Sample(
      @Option(value = "Softness", min = 0.001, max = 10) double temperature,
      @Option(value = "Width", min = 1, aliases = "out_dim") int projectionDim,
      @Option("Number") long count,
      @Option("Switch") boolean flag,
      @Option("Which") Choice choice,
      @Option("Words") String text) {}

  /** Kinds of options, shipped and of one's own. */
  public record Kinds(
      @Option.Width(value = "Width", aliases = "out_dim") int width,
      @Option.Share("Share") double share,
      Own own) {}

  /** Lends its component. */
  public record Own(@Digit("A digit") int digit) {}

  /** 0 to 9; has no further names. */
  @Option(value = "", min = 0, max = 9)
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Digit {
    String value();
  }

  /** Checks itself. */
  public record ByHand(@Option(value = "Width", min = 1) int width) {

    public ByHand {
      RecordOptions.check(ByHand.class, width);
    }
  }

  /** Two of them. */
  public enum Choice {
    FIRST,
    OTHER_CHOICE
  }
}
