package io.github.nolabel.spark.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.source.CaptionColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Which columns of a Parquet file hold what.
 *
 * @param image the encoded images: bytes, or a group with bytes in it
 * @param captions names of those that describe it, in the file's order
 * @param label names its class
 * @param path names it, and its class by its folders
 */
record ParquetColumns(
    Type image, List<String> captions, Optional<String> label, Optional<String> path) {

  private static final List<String> IMAGE =
      List.of("image", "content", "img", "bytes", "jpg", "jpeg", "png", "webp");
  private static final String BYTES = "bytes";

  /**
   * Those that the address names, else those with a usual name.
   *
   * @param file to name in messages
   * @throws UserMistake if there is none of images, or one that is named does not fit
   */
  static ParquetColumns of(SourceAddress address, String file, MessageType schema) {
    List<String> names = schema.getFields().stream().map(Type::getName).toList();
    requireNamed(address, file, names);
    return new ParquetColumns(
        image(address, file, schema, names),
        CaptionColumns.of(address).captionsOf(names),
        label(address, file, schema),
        fields(schema, Stream.of("path"))
            .filter(ParquetColumns::isText)
            .findFirst()
            .map(Type::getName));
  }

  private static void requireNamed(SourceAddress address, String file, List<String> names) {
    for (String key : List.of("image", "caption", "label")) {
      address
          .option(key)
          .filter(name -> !names.contains(name))
          .ifPresent(
              name -> {
                throw mistake(
                    address,
                    file,
                    "no column '%s'.%s Columns: %s."
                        .formatted(
                            name, Suggestions.didYouMean(name, names), String.join(", ", names)));
              });
    }
  }

  private static Type image(
      SourceAddress address, String file, MessageType schema, List<String> names) {
    Stream<String> wanted = address.option("image").map(Stream::of).orElseGet(IMAGE::stream);
    return fields(schema, wanted)
        .flatMap(field -> bytes(field).stream())
        .findFirst()
        .orElseThrow(
            () ->
                mistake(
                    address,
                    file,
                    "no column of encoded images. Expected one of the type binary, or a struct with '%s' in it, called %s; for another name write ?image=COLUMN. Columns: %s."
                        .formatted(BYTES, String.join(", ", IMAGE), String.join(", ", names))));
  }

  /** What of the column is read; empty if it holds no bytes. */
  private static Optional<Type> bytes(Type field) {
    if (field.isPrimitive()) {
      return Optional.of(field).filter(ParquetColumns::isBytes);
    }
    GroupType group = field.asGroupType();
    return Optional.of(group)
        .filter(some -> some.containsField(BYTES) && isBytes(some.getType(BYTES)))
        .map(some -> some.withNewFields(some.getType(BYTES)));
  }

  private static Optional<String> label(SourceAddress address, String file, MessageType schema) {
    Optional<Type> found =
        fields(schema, Stream.of(address.option("label").orElse("label"))).findFirst();
    Optional<Type> fitting =
        found.filter(
            type ->
                isText(type)
                    || isPrimitive(type, PrimitiveTypeName.INT32)
                    || isPrimitive(type, PrimitiveTypeName.INT64));
    if (fitting.isEmpty() && address.option("label").isPresent()) {
      throw mistake(
          address,
          file,
          "the column of labels is '%s'; expected whole numbers or text.".formatted(found.get()));
    }
    return fitting.map(Type::getName);
  }

  private static Stream<Type> fields(MessageType schema, Stream<String> names) {
    return names.filter(schema::containsField).map(schema::getType);
  }

  private static boolean isBytes(Type type) {
    return isPrimitive(type, PrimitiveTypeName.BINARY) && !isText(type);
  }

  private static boolean isText(Type type) {
    return isPrimitive(type, PrimitiveTypeName.BINARY)
        && LogicalTypeAnnotation.stringType().equals(type.getLogicalTypeAnnotation());
  }

  private static boolean isPrimitive(Type type, PrimitiveTypeName name) {
    return type.isPrimitive()
        && !type.isRepetition(Type.Repetition.REPEATED)
        && type.asPrimitiveType().getPrimitiveTypeName() == name;
  }

  private static UserMistake mistake(SourceAddress address, String file, String what) {
    return new UserMistake("Data source '%s': '%s' has %s".formatted(address.text(), file, what));
  }

  /** The part of the file that holds the images. */
  MessageType pixels() {
    return new MessageType("images", image);
  }

  /** The part of the file that says what they are; empty if nothing does. */
  Optional<MessageType> words(MessageType schema) {
    List<Type> fields = new ArrayList<>();
    Stream.of(captions.stream(), label.stream(), path.stream())
        .flatMap(names -> names)
        .distinct()
        .forEach(name -> fields.add(schema.getType(name)));
    return fields.isEmpty() ? Optional.empty() : Optional.of(new MessageType("words", fields));
  }
}
