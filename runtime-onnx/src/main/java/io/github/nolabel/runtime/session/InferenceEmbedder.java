package io.github.nolabel.runtime.session;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.NativeScope;
import io.github.nolabel.runtime.memory.OnnxRuntimeException;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtRunOptions;
import org.bytedeco.onnxruntime.OrtValue;

/** Runs an exported model: one input, one output, whatever their names. */
public final class InferenceEmbedder implements Embedder {

  private final OrtLibrary library;
  private final NativeScope scope = new NativeScope();
  private final ModelSession model;
  private final TensorSpec in;
  private final TensorSpec out;
  private final PointerPointer<BytePointer> inputNames;
  private final PointerPointer<BytePointer> outputNames;
  private final PointerPointer<OrtValue> inputs = new PointerPointer<>(1);
  private final PointerPointer<OrtValue> outputs = new PointerPointer<>(1);

  /**
   * @throws UserMistake if the model is invalid or has more than one input or output
   */
  public InferenceEmbedder(OrtLibrary library, OnnxModel model, DeviceChoice device) {
    this.library = library;
    Require.that(
        model.inputs().size() == 1 && model.outputs().size() == 1,
        "A model that maps images to features has one input and one output; this one has %s and %s."
            .formatted(model.inputs(), model.outputs()));
    this.in = model.inputs().get(0);
    this.out = model.outputs().get(0);
    try {
      this.model = scope.own(new ModelSession(library, model.bytes(), device), ModelSession::close);
    } catch (OnnxRuntimeException e) {
      throw new UserMistake("The model cannot be run: %s".formatted(e.getMessage()), e);
    }
    this.inputNames = names(in.name());
    this.outputNames = names(out.name());
  }

  @Override
  public Tensor embed(Tensor images) {
    long count = images.shape().rank() == 0 ? 0 : images.shape().extent(0);
    Shape expected = Shape.of(in.shape().at(count));
    Require.that(
        images.type() == in.type() && images.shape().equals(expected),
        "The model expects '%s', got images of %s.".formatted(in, images));
    Tensor features = Tensor.zeros(out.type(), out.shape().at(count));
    try (NativeScope call = new NativeScope()) {
      inputs.put(0, call.own(library.view(images), library::release));
      outputs.put(0, call.own(library.view(features), library::release));
      library
          .errors()
          .check(
              library
                  .api()
                  .Run(
                      model.session(),
                      new OrtRunOptions(),
                      inputNames,
                      inputs,
                      1,
                      outputNames,
                      1,
                      outputs),
              "embed images");
    } finally {
      Reference.reachabilityFence(images);
    }
    return features;
  }

  private PointerPointer<BytePointer> names(String name) {
    BytePointer text = scope.own(new BytePointer(name, StandardCharsets.UTF_8), BytePointer::close);
    return new PointerPointer<BytePointer>(1).put(0, text);
  }

  @Override
  public void close() {
    scope.close();
  }
}
