package io.github.nolabel.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.control.Slot;
import io.github.nolabel.api.control.StepScope;
import io.github.nolabel.api.train.TrainingProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControllersTest {

  @TempDir Path directory;

  private LoopFixture fixture;
  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void prepare() {
    fixture = new LoopFixture(directory);
  }

  @Test
  void theyRunInDeclarationOrderBeforeAndAfter() {
    TrainingLoop loop = fixture.accumulating(2).loop(named("a"), named("b"));
    fixture.executor.answer =
        outputs -> {
          calls.add("step");
          loop.requestStop();
        };
    loop.train(fixture.batches, List.of());
    assertThat(calls)
        .containsExactly(
            "a before 0.0",
            "b before 0.0",
            "step",
            "a after 0.0",
            "b after 0.0",
            "a before 0.1",
            "b before 0.1",
            "step",
            "a after 0.1",
            "b after 0.1");
  }

  @Test
  void anInputThatNobodyFeedsIsNamed() {
    assertFails(fixture.loopWith(0, Map.of()), "no controller feeds", "'learning_rate'");
  }

  @Test
  void anInputThatTwoFeedIsNamed() {
    Controller second = new ScheduledInput(TrainingProgram.LEARNING_RATE, step -> 1);
    assertFails(fixture.loop(second), "two controllers feed the input 'learning_rate'");
  }

  @Test
  void dataAndTheLoopsOwnInputsAreNotForControllers() {
    for (String input : List.of("x", TrainingProgram.APPLY, "momentun")) {
      Controller wrong = new ScheduledInput(input, step -> 1);
      assertFails(
          fixture.loop(wrong), "'" + input + "' is no input for controllers", "[learning_rate]");
    }
  }

  @Test
  void aScopeIsDeadAfterItsStep() {
    List<StepScope> kept = new ArrayList<>();
    TrainingLoop loop = fixture.loop(after(kept::add));
    loop.train(fixture.batches, List.of());
    StepScope late = kept.get(3);
    List<Runnable> uses =
        List.of(
            late::step,
            late::microStep,
            () -> late.feed(TrainingProgram.LEARNING_RATE, 1),
            () -> late.output(TrainingProgram.LOSS),
            () -> late.slot("cursor"),
            () -> late.slot("cursor", 1));
    for (Runnable use : uses) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the scope of step 3 was used after the step had ended");
    }
  }

  @Test
  void outputsExistOnlyAfterTheStepAndFeedsOnlyBefore() {
    assertFails(
        fixture.loop(before(scope -> scope.output(TrainingProgram.LOSS))),
        "output 'loss' was read before the step ran");
    assertFails(
        fixture.loop(after(scope -> scope.feed(TrainingProgram.LEARNING_RATE, 1))),
        "was fed after the step ran");
    assertFails(
        fixture.loop(after(scope -> scope.output("los"))), "no output 'los'", "gradient_norm");
  }

  @Test
  void slotsStartAtTheirValueOrWhereTheyWere() {
    List<Double> seen = new ArrayList<>();
    fixture
        .loopWith(8, Map.of("cursor", 40.0), rate(), counter(seen))
        .train(fixture.batches, List.of());
    assertThat(seen).containsExactly(40.0, 41.0);
    seen.clear();
    fixture.loopWith(7, Map.of(), rate(), counter(seen)).train(fixture.batches, List.of());
    assertThat(seen).containsExactly(7.0, 8.0, 9.0);
  }

  @Test
  void slotsAreCheckpointed() {
    fixture.loop(counter(new ArrayList<>())).train(fixture.batches, List.of());
    assertThat(fixture.store.resume().orElseThrow().slots()).containsEntry("cursor", 17.0);
  }

  @Test
  void undeclaredAndDoublyDeclaredSlotsAreRefused() {
    assertFails(
        fixture.loop(before(scope -> scope.slot("cursor"))),
        "no controller declares the slot 'cursor'");
    assertFails(
        fixture.loop(before(scope -> scope.slot("cursor", 1))), "declares the slot 'cursor'");
    assertThatThrownBy(() -> fixture.loop(counter(new ArrayList<>()), counter(new ArrayList<>())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("two controllers declare the slot 'cursor'");
  }

  private void assertFails(TrainingLoop loop, String... parts) {
    assertThatThrownBy(() -> loop.train(fixture.batches, List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(parts);
  }

  private static Controller rate() {
    return new ScheduledInput(TrainingProgram.LEARNING_RATE, step -> 1);
  }

  private Controller named(String name) {
    return new Controller() {
      @Override
      public void beforeStep(StepScope scope) {
        calls.add(name + " before " + scope.step() + "." + scope.microStep());
      }

      @Override
      public void afterStep(StepScope scope) {
        calls.add(name + " after " + scope.step() + "." + scope.microStep());
      }
    };
  }

  private static Controller before(Consumer<StepScope> action) {
    return new Controller() {
      @Override
      public void beforeStep(StepScope scope) {
        action.accept(scope);
      }
    };
  }

  private static Controller after(Consumer<StepScope> action) {
    return new Controller() {
      @Override
      public void afterStep(StepScope scope) {
        action.accept(scope);
      }
    };
  }

  private static Controller counter(List<Double> seen) {
    return new Controller() {
      @Override
      public List<Slot> slots() {
        return List.of(new Slot("cursor", 7));
      }

      @Override
      public void afterStep(StepScope scope) {
        seen.add(scope.slot("cursor"));
        scope.slot("cursor", scope.slot("cursor") + 1);
      }
    };
  }
}
