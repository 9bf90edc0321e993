package io.github.nolabel.testing;

import io.github.nolabel.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

final class NormalisationKernels {

  private NormalisationKernels() {}

  static void addTo(Map<String, Kernel> kernels) {
    kernels.put("Softmax", Kernel.of((n, in) -> softmax(n, in.get(0)).map(Math::exp)));
    kernels.put("LogSoftmax", Kernel.of((n, in) -> softmax(n, in.get(0))));
    kernels.put("SoftmaxGrad", Kernel.of(NormalisationKernels::softmaxGrad));
    kernels.put("LogSoftmaxGrad", Kernel.of(NormalisationKernels::logSoftmaxGrad));
    kernels.put("LayerNormalization", (n, in) -> layerNorm(in, n.attributes().number("epsilon")));
    kernels.put("LayerNormalizationGrad", (n, in) -> layerNormGrad(in));
    kernels.put("BatchNormInternal", NormalisationKernels::batchNorm);
    kernels.put("BatchNormalizationGrad", (n, in) -> batchNormGrad(in));
    kernels.put("BatchNormalization", Kernel.of(NormalisationKernels::batchNormInference));
  }

  private static Nd softmax(Node node, Nd x) {
    double[] y = new double[x.size()];
    for (int[] line : ReductionKernels.lines(x, ShapeKernels.axis(node))) {
      double max = IntStream.of(line).mapToDouble(x::at).max().orElseThrow();
      double sum = IntStream.of(line).mapToDouble(i -> Math.exp(x.at(i) - max)).sum();
      IntStream.of(line).forEach(i -> y[i] = x.at(i) - max - Math.log(sum));
    }
    return Nd.of(x.shape(), y);
  }

  /** By the Jacobian: dy_i / dx_j = y_i (delta_ij - y_j). */
  private static Nd softmaxGrad(Node node, List<Nd> in) {
    Nd dy = in.get(0);
    Nd y = in.get(1);
    double[] dx = new double[y.size()];
    for (int[] line : ReductionKernels.lines(y, ShapeKernels.axis(node))) {
      for (int j : line) {
        for (int i : line) {
          dx[j] += dy.at(i) * y.at(i) * ((i == j ? 1 : 0) - y.at(j));
        }
      }
    }
    return Nd.of(y.shape(), dx);
  }

  private static Nd logSoftmaxGrad(Node node, List<Nd> in) {
    Nd dy = in.get(0);
    Nd y = in.get(1);
    double[] dx = new double[y.size()];
    for (int[] line : ReductionKernels.lines(y, ShapeKernels.axis(node))) {
      for (int j : line) {
        for (int i : line) {
          dx[j] += dy.at(i) * ((i == j ? 1 : 0) - Math.exp(y.at(j)));
        }
      }
    }
    return Nd.of(y.shape(), dx);
  }

  private static List<Nd> layerNorm(List<Nd> in, double epsilon) {
    Nd x = in.get(0);
    double[] y = new double[x.size()];
    List<int[]> lines = ReductionKernels.lines(x, x.rank() - 1);
    double[] means = new double[lines.size()];
    double[] inverses = new double[lines.size()];
    for (int row = 0; row < means.length; row++) {
      Moments moments = Moments.of(x, lines.get(row));
      means[row] = moments.mean();
      inverses[row] = 1 / Math.sqrt(moments.variance() + epsilon);
      for (int i : lines.get(row)) {
        int k = i % x.extent(-1);
        y[i] = (x.at(i) - means[row]) * inverses[row] * in.get(1).at(k) + in.get(2).at(k);
      }
    }
    int[] statistics = Index.with(x.shape(), x.rank() - 1, 1);
    return List.of(Nd.of(x.shape(), y), Nd.of(statistics, means), Nd.of(statistics, inverses));
  }

  private static List<Nd> layerNormGrad(List<Nd> in) {
    Nd x = in.get(1);
    List<int[]> lines = ReductionKernels.lines(x, x.rank() - 1);
    Standardised state = new Standardised(in.get(0), x, x.size());
    for (int row = 0; row < lines.size(); row++) {
      int[] line = lines.get(row);
      int width = line.length;
      state.pull(line, in.get(3).at(row), in.get(4).at(row), i -> in.get(2).at(i % width));
    }
    int width = x.extent(-1);
    double[] dgain = new double[width];
    double[] dbias = new double[width];
    for (int i = 0; i < x.size(); i++) {
      dgain[i % width] += in.get(0).at(i) * state.standard[i];
      dbias[i % width] += in.get(0).at(i);
    }
    int[] channels = {width};
    return List.of(Nd.of(x.shape(), state.dx), Nd.of(channels, dgain), Nd.of(channels, dbias));
  }

  private static List<Nd> batchNorm(Node node, List<Nd> in) {
    Nd x = in.get(0);
    double momentum = node.attributes().number("momentum");
    double epsilon = node.attributes().number("epsilon");
    Moments[] moments =
        channels(x).stream().map(members -> Moments.of(x, members)).toArray(Moments[]::new);
    int[] c = {moments.length};
    Nd y = normalised(in, k -> moments[k].mean(), k -> moments[k].variance(), epsilon);
    return List.of(
        y,
        Nd.of(c, k -> momentum * in.get(3).at(k) + (1 - momentum) * moments[k].mean()),
        Nd.of(c, k -> momentum * in.get(4).at(k) + (1 - momentum) * moments[k].variance()),
        Nd.of(c, k -> moments[k].mean()),
        Nd.of(c, k -> 1 / Math.sqrt(moments[k].variance() + epsilon)));
  }

  private static Nd batchNormInference(Node node, List<Nd> in) {
    return normalised(in, in.get(3)::at, in.get(4)::at, node.attributes().number("epsilon"));
  }

  private static Nd normalised(
      List<Nd> in,
      java.util.function.IntToDoubleFunction mean,
      java.util.function.IntToDoubleFunction variance,
      double epsilon) {
    Nd x = in.get(0);
    return Nd.of(
        x.shape(),
        i -> {
          int k = Index.coordinates(i, x.shape())[1];
          double scaled =
              (x.at(i) - mean.applyAsDouble(k)) / Math.sqrt(variance.applyAsDouble(k) + epsilon);
          return scaled * in.get(1).at(k) + in.get(2).at(k);
        });
  }

  private static List<Nd> batchNormGrad(List<Nd> in) {
    Nd dy = in.get(0);
    Nd x = in.get(1);
    List<int[]> members = channels(x);
    double[] dgain = new double[members.size()];
    double[] dbias = new double[members.size()];
    Standardised state = new Standardised(dy, x, x.size());
    for (int k = 0; k < dgain.length; k++) {
      double gain = in.get(2).at(k);
      state.pull(members.get(k), in.get(3).at(k), in.get(4).at(k), i -> gain);
      dgain[k] = IntStream.of(members.get(k)).mapToDouble(i -> dy.at(i) * state.standard[i]).sum();
      dbias[k] = IntStream.of(members.get(k)).mapToDouble(dy::at).sum();
    }
    int[] c = {dgain.length};
    return List.of(Nd.of(x.shape(), state.dx), Nd.of(c, dgain), Nd.of(c, dbias));
  }

  /** The flat indices of each channel. */
  private static List<int[]> channels(Nd x) {
    return IntStream.range(0, x.extent(1))
        .mapToObj(
            k ->
                IntStream.range(0, x.size())
                    .filter(i -> Index.coordinates(i, x.shape())[1] == k)
                    .toArray())
        .toList();
  }

  private record Moments(double mean, double variance) {

    static Moments of(Nd x, int[] members) {
      double mean = Arrays.stream(members).mapToDouble(x::at).average().orElseThrow();
      double variance =
          Arrays.stream(members).mapToDouble(i -> Math.pow(x.at(i) - mean, 2)).average().orElse(0);
      return new Moments(mean, variance);
    }
  }
}
