package io.github.nolabel.methods.multimodal.defects;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Images of noise, each with a caption of start, words and end; the batch at an index is always the
 * same.
 */
record PairNoise(InputPlan plan) implements BatchSource {

  private static final int FIRST_WORD = 5;

  @Override
  public long batchesPerEpoch() {
    return 4;
  }

  @Override
  public BatchStream from(long firstBatch) {
    return new BatchStream() {
      private long index = firstBatch;

      @Override
      public Batch next() {
        return at(index++);
      }

      @Override
      public void close() {}
    };
  }

  Batch at(long index) {
    List<TensorSpec> specs = plan.inputs().stream().map(input -> input.spec()).toList();
    return new Batch(TinyPairs.BATCH, tensors(specs, index));
  }

  /**
   * One tensor for each; whole numbers named as masks are masks, all others captions, and what is
   * named as classes adds up to one.
   */
  static Map<String, Tensor> tensors(List<TensorSpec> specs, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorSpec spec : specs) {
      SplittableRandom random = new SplittableRandom(1000 * seed + tensors.size());
      Tensor tensor = Tensor.zeros(spec.type(), spec.shape().at(TinyPairs.BATCH));
      if (spec.type() == ElementType.INT64) {
        texts(tensor, spec.name().contains("mask"), random);
      } else {
        for (int i = 0; i < tensor.elements(); i++) {
          tensor.floats().put(i, (float) random.nextGaussian());
        }
        if (spec.name().endsWith("classes")) {
          softmax(tensor);
        }
      }
      tensors.put(spec.name(), tensor);
    }
    return tensors;
  }

  /** Along the last axis. */
  private static void softmax(Tensor logits) {
    int width = Math.toIntExact(logits.shape().extent(2));
    for (int start = 0; start < logits.elements(); start += width) {
      double sum = 0;
      for (int i = start; i < start + width; i++) {
        sum += Math.exp(logits.floats().get(i));
      }
      for (int i = start; i < start + width; i++) {
        logits.floats().put(i, (float) (Math.exp(logits.floats().get(i)) / sum));
      }
    }
  }

  /** Tokens of the text in a row of a batch, start and end included. */
  static int tokens(int row) {
    return 3 + row % (TinyPairs.LENGTH - 2);
  }

  private static void texts(Tensor tensor, boolean mask, SplittableRandom random) {
    for (int row = 0; row < TinyPairs.BATCH; row++) {
      int tokens = tokens(row);
      for (int place = 0; place < tokens; place++) {
        int word = FIRST_WORD + random.nextInt(TinyPairs.VOCABULARY.size() - FIRST_WORD);
        int last = place == tokens - 1 ? TinyPairs.VOCABULARY.end() : word;
        int id = place == 0 ? TinyPairs.VOCABULARY.start() : last;
        tensor.longs().put(row * TinyPairs.LENGTH + place, mask ? 1 : id);
      }
    }
  }
}
