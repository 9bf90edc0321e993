package io.github.nolabel.networks;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.networks.file.OnnxFile;
import io.github.nolabel.networks.file.OnnxNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Registers backbones from ONNX files. */
public final class OnnxBackboneProvider implements BackboneProvider<OnnxBackboneConfig> {

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public String summary() {
    return "Any ONNX file, made trainable again: onnx:PATH";
  }

  @Override
  public OnnxBackboneConfig defaults() {
    return OnnxBackboneConfig.DEFAULTS;
  }

  @Override
  public List<Path> files(OnnxBackboneConfig config) {
    return read(config).parts();
  }

  @Override
  public OnnxBackboneConfig pinned(OnnxBackboneConfig config) {
    return config.withSha256(read(config).sha256());
  }

  @Override
  public Map<String, String> runDefaults(OnnxBackboneConfig config) {
    OnnxFile file = read(config);
    return FileSize.of(file).map(size -> Map.of("imageSize", size.toString())).orElse(Map.of());
  }

  @Override
  public Backbone create(OnnxBackboneConfig config, int imageSize) {
    OnnxFile file = read(config);
    int size = imageSize > 0 ? imageSize : FileSize.of(file).orElse(224);
    return new OnnxBackbone(file, ImageInput.of(file, size), features(config, file), config);
  }

  private static OnnxFile read(OnnxBackboneConfig config) {
    Require.that(!config.file().isEmpty(), "The backbone 'onnx' needs a file: onnx:PATH.");
    return SupportedFile.read(config.file(), config.sha256());
  }

  private static String features(OnnxBackboneConfig config, OnnxFile file) {
    String wanted = config.featureOutput();
    if (wanted.isEmpty()) {
      Require.that(!file.graph().outputs().isEmpty(), config.file() + " has no output.");
      return file.graph().outputs().get(0);
    }
    Set<String> names = new LinkedHashSet<>();
    file.graph().nodes().stream().map(OnnxNode::outputs).forEach(names::addAll);
    if (!names.contains(wanted)) {
      throw new UserMistake(
          "%s has no value '%s'.%s Its outputs: %s; the last inner values: %s."
              .formatted(
                  config.file(),
                  wanted,
                  Suggestions.didYouMean(wanted, names),
                  String.join(", ", file.graph().outputs()),
                  String.join(", ", last(names))));
    }
    return wanted;
  }

  private static List<String> last(Set<String> names) {
    List<String> all = names.stream().filter(name -> !name.isEmpty()).toList();
    return all.subList(Math.max(0, all.size() - 5), all.size());
  }
}
