package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * While training, zeroes parts of float[N, ...] and scales the rest so that the mean stays; nothing
 * in inference. The mask follows from the run's seed, the step and the layer's path; every
 * application within a step draws its own.
 *
 * @param probability of being zeroed, in [0, 1)
 */
public record Dropout(double probability, Unit unit) implements Fragment {

  /** What is zeroed as one. */
  public enum Unit {
    /** Every element for itself (Srivastava et al. 2014). */
    ELEMENT,
    /** A whole example: on a residual branch, stochastic depth (Huang et al. 2016). */
    EXAMPLE
  }

  public Dropout {
    Require.within("probability", probability, 0, 0.999);
  }

  public Dropout(double probability) {
    this(probability, Unit.ELEMENT);
  }

  /** Stochastic depth, for the end of a residual branch. */
  public static Dropout path(double probability) {
    return new Dropout(probability, Unit.EXAMPLE);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    boolean active = scope.mode() == Mode.TRAINING && probability > 0;
    return active ? new Attached(scope) : x -> x;
  }

  private Value dropped(Scope scope, Value x, String stream) {
    Value key = scope.graph().input(RandomOps.KEY, ElementType.INT64, Shape.of());
    Ops g = scope.ops();
    return unit == Unit.ELEMENT
        ? g.dropout(x, key, stream, probability)
        : g.dropRows(x, key, stream, probability);
  }

  /** Counts its applications within one graph. */
  private final class Attached implements TensorFunction {

    private final Scope scope;
    private int applications;

    Attached(Scope scope) {
      this.scope = scope;
    }

    @Override
    public Value apply(Value x) {
      applications++;
      return dropped(scope, x, scope.path() + "#" + applications);
    }
  }
}
