package io.github.nolabel.fragment.layer;

import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A transformer block whose attention can be limited, and that may look at a context besides:
 * self-attention, attention to the context, and an MLP four times as wide inside, each around a
 * residual connection. Float[N, t, width] to the same shape.
 *
 * @param activation of the MLP
 * @param contextWidth of the tokens looked at; 0 for none
 */
public record ContextBlock(
    Style style, int width, int heads, Activation activation, int contextWidth, double dropout) {

  /** A block with the activation of its style. */
  public ContextBlock(Style style, int width, int heads, int contextWidth, double dropout) {
    this(style, width, heads, style.activation, contextWidth, dropout);
  }

  /** Where the normalisation stands, and the usual activation of the MLP. */
  public enum Style {
    /** After the residual sum, with GELU: BERT (Devlin et al. 2019, arXiv 1810.04805). */
    BERT(1e-12, Activation.GELU),
    /** Before each branch, with the quick GELU: CLIP (Radford et al. 2021, arXiv 2103.00020). */
    CLIP(1e-5, Activation.QUICK_GELU);

    private final double epsilon;
    private final Activation activation;

    Style(double epsilon, Activation activation) {
      this.epsilon = epsilon;
      this.activation = activation;
    }

    /** The activation that the style's paper has. */
    public Activation activation() {
      return activation;
    }

    /** The style's normalisation of so many features. */
    public LayerNorm norm(int width) {
      return new LayerNorm(width, epsilon);
    }
  }

  /** What the attention of a block sees; the bias limits it, see {@link AttentionBias}. */
  public record Seen(Optional<Value> bias, Optional<Value> context, Optional<Value> contextBias) {

    /** The tokens themselves, all of them. */
    public static final Seen ALL = new Seen(Optional.empty(), Optional.empty(), Optional.empty());

    /** The tokens themselves as far as the bias lets. */
    public static Seen limited(Value bias) {
      return new Seen(Optional.of(bias), Optional.empty(), Optional.empty());
    }

    /** A context besides. */
    public Seen with(Value context, Optional<Value> contextBias) {
      return new Seen(bias, Optional.of(context), contextBias);
    }
  }

  /** A block with its parameters in place. */
  @FunctionalInterface
  public interface Attached {
    Value apply(Value x, Seen seen);
  }

  public Attached attach(Scope scope) {
    Attention.Attached self = new Attention(width, width, heads).attach(scope.child("attn"));
    Residual first = residual(scope, "norm1", "attn");
    Optional<Attention.Attached> cross =
        contextWidth == 0
            ? Optional.empty()
            : Optional.of(new Attention(width, contextWidth, heads).attach(scope.child("cross")));
    Optional<Residual> second = cross.map(attention -> residual(scope, "norm_cross", "cross"));
    TensorFunction mlp = mlp(scope);
    Residual third = residual(scope, "norm2", "mlp");
    return (x, seen) -> {
      Value attended = first.around(x, y -> self.apply(y, y, seen.bias()));
      Value informed =
          cross.isEmpty()
              ? attended
              : second
                  .orElseThrow()
                  .around(
                      attended,
                      y -> cross.get().apply(y, seen.context().orElseThrow(), seen.contextBias()));
      return third.around(informed, mlp::apply);
    };
  }

  private Residual residual(Scope scope, String norm, String branch) {
    return new Residual(
        style,
        scope.ops(),
        style.norm(width).attach(scope.child(norm)),
        new Dropout(dropout).attach(scope.child(branch + "/dropout")));
  }

  private TensorFunction mlp(Scope scope) {
    return dense(width, 4 * width)
        .attach(scope.child("mlp/fc1"))
        .andThen(activation.attach(scope.child("mlp")))
        .andThen(dense(4 * width, width).attach(scope.child("mlp/fc2")));
  }

  private static Dense dense(int inputWidth, int outputWidth) {
    return new Dense(inputWidth, outputWidth, true, Dense.Weights.BERT);
  }

  /** {@code norm(x + branch(x))}, or {@code x + branch(norm(x))}. */
  private record Residual(Style style, Ops g, TensorFunction norm, TensorFunction dropout) {

    Value around(Value x, UnaryOperator<Value> branch) {
      return style == Style.BERT
          ? norm.apply(g.add(x, dropout.apply(branch.apply(x))))
          : g.add(x, dropout.apply(branch.apply(norm.apply(x))));
    }
  }
}
