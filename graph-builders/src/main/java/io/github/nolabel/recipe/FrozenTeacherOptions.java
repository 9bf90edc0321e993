package io.github.nolabel.recipe;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.FileOptions;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.BackboneChoice;
import io.github.nolabel.fragment.backbone.Backbones;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A trained network that a student learns from. The options after the first are those of a backbone
 * from a file, under the teacher's name.
 */
public record FrozenTeacherOptions(
    @Option("Network to learn from: onnx:PATH, such as onnx:dinov2.onnx or another run's backbone")
        String teacher,
    @Option(
            value = "Width and height of the teacher's images in pixels; 0 takes its file's",
            min = 0,
            max = 4096)
        int teacherSize,
    @Option("Value of the teacher's file that is learnt from; empty takes its first output")
        String teacherFeatureOutput,
    @Option("Feature of a teacher's output [N, tokens, width]: class, the first token, or mean")
        Tokens teacherTokens,
    @Option("Where a teacher's output of four axes has its channels: first or last; auto looks")
        Channels teacherChannels,
    @Option("Mean and deviation of the teacher's colours; empty takes its file's, else imagenet")
        String teacherNormalisation,
    @Option("SHA-256 that the teacher's file must have; empty takes any") String teacherSha256,
    @Option("What the teacher looks at: each-view of the student, or once at each plain image")
        Looks teacherFeatures)
    implements FileOptions {

  public static final FrozenTeacherOptions DEFAULTS =
      new FrozenTeacherOptions("", 0, "", Tokens.ASK, Channels.AUTO, "", "", Looks.EACH_VIEW);

  private static final Pattern OPTION =
      Pattern.compile("\\bbackbone\\.(featureOutput|tokens|channels|normalisation)\\b");

  /** How the tokens of an image become one feature. */
  public enum Tokens {
    ASK,
    CLASS,
    MEAN
  }

  /** Which axis of a feature map counts channels. */
  public enum Channels {
    AUTO,
    FIRST,
    LAST
  }

  /** When the teacher's features are computed. */
  public enum Looks {
    EACH_VIEW,
    ONCE
  }

  @Override
  public List<Path> files() {
    return teacher.isEmpty() ? List.of() : ask(BackboneChoice::files);
  }

  @Override
  public Map<String, String> fingerprints() {
    String sha256 =
        teacher.isEmpty()
            ? ""
            : ask(choice -> String.valueOf(choice.pinned().getOrDefault("sha256", "")));
    return Map.of("teacherSha256", sha256);
  }

  /**
   * Reads the teacher's network.
   *
   * @throws UserMistake if none is named, or it cannot be read; the message speaks of these options
   */
  Backbone network() {
    return ask(choice -> choice.create(teacherSize));
  }

  private <T> T ask(Function<BackboneChoice<?>, T> question) {
    Require.that(
        teacher.contains(":"),
        teacher.isEmpty()
            ? "There is no teacher to learn from. Name a trained network: --set teacher=onnx:PATH, such as another run's backbone.onnx."
            : "The teacher '%s' does not say what it is. Write teacher=onnx:%s."
                .formatted(teacher, teacher));
    try {
      return question.apply(Backbones.choose(teacher, options()));
    } catch (UserMistake e) {
      throw new UserMistake("The teacher: " + inTheseWords(String.valueOf(e.getMessage())), e);
    }
  }

  /** What a message calls {@code backbone.tokens} is {@code teacherTokens} here. */
  private static String inTheseWords(String message) {
    return OPTION.matcher(message).replaceAll(found -> "teacher" + capitalised(found.group(1)));
  }

  private static String capitalised(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("featureOutput", teacherFeatureOutput);
    options.put("normalisation", teacherNormalisation);
    options.put("sha256", teacherSha256);
    options.put("channels", RecordOptions.text(teacherChannels));
    options.put("tokens", teacherTokens == Tokens.ASK ? "" : RecordOptions.text(teacherTokens));
    options.values().removeIf(value -> value.isEmpty() || value.equals("auto"));
    return options;
  }
}
