package io.github.nolabel.runs.model;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.inference.ModelCard;
import io.github.nolabel.inference.UsageCode;
import io.github.nolabel.onnx.DynamicSize;
import io.github.nolabel.onnx.EightBitConvolutions;
import io.github.nolabel.onnx.EightBits;
import io.github.nolabel.onnx.FoldedNorms;
import io.github.nolabel.onnx.HalfPrecision;
import io.github.nolabel.onnx.OnnxMetadata;
import io.github.nolabel.onnx.OpsetChange;
import io.github.nolabel.onnx.Range;
import io.github.nolabel.runs.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** An inference model, images to features unless its cut says otherwise, with its card. */
public record BackboneFile(OnnxModel model, ModelCard card) {

  private static final String ANY_SIZE = "imageSize";

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws UserMistake if it is something else
   */
  public static BackboneFile read(Path file, TrainingRuntime runtime) {
    Optional<BackboneFile> anySize = readAnySize(file);
    if (anySize.isPresent()) {
      return anySize.get();
    }
    OnnxModel model = runtime.read(file);
    return new BackboneFile(model, ModelCard.of(OnnxMetadata.read(model.bytes()), file));
  }

  /** A file that {@link #anySize} made, for the size of training; empty for any other. */
  private static Optional<BackboneFile> readAnySize(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      SortedMap<String, String> metadata = OnnxMetadata.read(bytes);
      if (!metadata.containsKey("nolabel." + ANY_SIZE)) {
        return Optional.empty();
      }
      ModelCard card = ModelCard.of(metadata, file);
      return DynamicSize.at(bytes, card.preprocessing().size())
          .map(model -> new BackboneFile(model, card));
    } catch (IOException | UserMistake another) {
      return Optional.empty();
    }
  }

  /**
   * The same in float16: half the size, with float32 inputs and outputs.
   *
   * @throws UserMistake if an operator of it needs float32
   */
  public BackboneFile half() {
    return new BackboneFile(HalfPrecision.of(model), card).noting(Map.of("precision", "fp16"));
  }

  /**
   * The same with the matrices of vision transformers in int8: a quarter of the size.
   *
   * @throws UserMistake if it has no such matrices
   */
  public BackboneFile eightBits() {
    return new BackboneFile(EightBits.of(model), card).noting(Map.of("precision", "int8"));
  }

  /**
   * The same with batch normalisation folded into convolutions, as {@link #eightBitConvolutions}
   * needs it.
   */
  public BackboneFile folded() {
    return new BackboneFile(FoldedNorms.of(model), card);
  }

  /**
   * The same with convolutions in int8: a quarter of the size, and quicker where a runtime has
   * integer kernels.
   *
   * @param ranges of what is convolved
   * @throws UserMistake if it is no network of convolutions
   */
  public BackboneFile eightBitConvolutions(Map<String, Range> ranges) {
    return new BackboneFile(EightBitConvolutions.of(model, ranges), card)
        .noting(Map.of("precision", "int8-static"));
  }

  /**
   * The same for images of any height and width.
   *
   * @throws UserMistake if something in it fits one size only
   */
  public BackboneFile anySize() {
    return new BackboneFile(DynamicSize.of(model), card).noting(Map.of(ANY_SIZE, "any"));
  }

  /**
   * The same for programs that read an older version of ONNX.
   *
   * @throws UserMistake if an operator of it needs a newer one
   */
  public BackboneFile opset(int version) {
    return new BackboneFile(OpsetChange.of(model, version), card);
  }

  /** With further provenance, in the model's metadata too. */
  public BackboneFile noting(Map<String, String> notes) {
    Map<String, String> provenance = new LinkedHashMap<>(card.provenance());
    provenance.putAll(notes);
    ModelCard noted = new ModelCard(card.preprocessing(), provenance);
    SortedMap<String, String> entries = OnnxMetadata.read(model.bytes());
    entries.putAll(noted.metadata());
    return new BackboneFile(OnnxMetadata.replaced(model, entries), noted);
  }

  /** Features per image. */
  public long featureWidth() {
    return model.outputs().get(0).shape().extent(1);
  }

  /**
   * Writes the model and, beside it, how to use it.
   *
   * @throws UserMistake if it cannot be written
   */
  public void save(Path file) {
    OutputFiles.createFolder(file.toAbsolutePath().resolveSibling("."));
    write(file, OutputFiles.LOCAL);
  }

  /** Writes the model and, beside it, what its metadata says as {@code NAME.json}. */
  public void write(Path file, OutputFiles files) {
    files.write(file, model.bytes());
    files.write(cardOf(file), Json.pretty(described()));
  }

  /**
   * Programs in Python and Java that compute the features with this file, by their place beside it.
   *
   * @throws UserMistake if it does not map images to features
   */
  public Map<Path, String> code(Path file) {
    if (!givesFeatures()) {
      throw new UserMistake(
          "%s reads or gives something else than images and their features: there are no programs for it. Leave out --code."
              .formatted(file));
    }
    return UsageCode.beside(file);
  }

  /** Whether it maps images, and nothing else, to features. */
  public boolean givesFeatures() {
    return readsImages() && model.outputs().get(0).name().equals(TrainingProgram.FEATURES);
  }

  private boolean readsImages() {
    return model.inputs().size() == 1
        && model.inputs().get(0).name().equals(TrainingProgram.IMAGES);
  }

  private Map<String, Object> described() {
    return readsImages()
        ? card.described(featureWidth())
        : card.described(model.inputs(), model.outputs());
  }

  /** {@code backbone.json} for {@code backbone.onnx}. */
  public static Path cardOf(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".json");
  }
}
