package io.github.nolabel.runs.model;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.inference.ModelCard;
import io.github.nolabel.onnx.EightBits;
import io.github.nolabel.onnx.HalfPrecision;
import io.github.nolabel.onnx.OnnxMetadata;
import io.github.nolabel.runs.file.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** An inference model, images to features unless its cut says otherwise, with its card. */
public record BackboneFile(OnnxModel model, ModelCard card) {

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws io.github.nolabel.api.UserMistake if it is something else
   */
  public static BackboneFile read(Path file, TrainingRuntime runtime) {
    OnnxModel model = runtime.read(file);
    return new BackboneFile(model, ModelCard.of(OnnxMetadata.read(model.bytes()), file));
  }

  /**
   * The same in float16: half the size, with float32 inputs and outputs.
   *
   * @throws io.github.nolabel.api.UserMistake if an operator of it needs float32
   */
  public BackboneFile half() {
    return new BackboneFile(HalfPrecision.of(model), card).noting(Map.of("precision", "fp16"));
  }

  /**
   * The same with the matrices of vision transformers in int8: a quarter of the size.
   *
   * @throws io.github.nolabel.api.UserMistake if it has no such matrices
   */
  public BackboneFile eightBits() {
    return new BackboneFile(EightBits.of(model), card).noting(Map.of("precision", "int8"));
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
   * @throws io.github.nolabel.api.UserMistake if it cannot be written
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

  private Map<String, Object> described() {
    boolean imagesAlone =
        model.inputs().size() == 1 && model.inputs().get(0).name().equals(TrainingProgram.IMAGES);
    return imagesAlone
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
