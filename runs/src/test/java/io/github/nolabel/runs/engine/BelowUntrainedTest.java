package io.github.nolabel.runs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.data.HeldOut;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.NeighbourRound;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BelowUntrainedTest {

  /** The standard error of two shares near one half is 0.071 with 100 queries, 0.022 with 1,000. */
  @ParameterizedTest
  @CsvSource({
    "100, 0.5, 0.4, false",
    "1000, 0.5, 0.4, true",
    "1000, 0.5, 0.48, false",
    "1000, 0.4, 0.5, false",
    "1000, NaN, 0.5, false",
  })
  void onlyWhatIsMoreThanChanceIsSaid(int queries, double before, double after, boolean said) {
    List<Integer> all = IntStream.range(0, queries).boxed().toList();
    HeldOut asked =
        new HeldOut(
            new None(),
            List.of(new NeighbourQuestion("accuracy", List.of(), 1)),
            List.of(new NeighbourRound(all, all)));
    Optional<String> note =
        BelowUntrained.note(asked, Map.of("accuracy", before), Map.of("accuracy", after));
    assertThat(note.isPresent()).isEqualTo(said);
    note.ifPresent(it -> assertThat(it).contains("accuracy 40.0 %, 50.0 % before the first step"));
  }

  private record None() implements ImageDataset {

    @Override
    public int size() {
      return 0;
    }

    @Override
    public RgbImage image(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public OptionalInt label(int index) {
      return OptionalInt.empty();
    }

    @Override
    public List<String> labelNames() {
      return List.of();
    }

    @Override
    public String name(int index) {
      return "";
    }
  }
}
