package io.github.nolabel.text;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Splits a text as GPT-2 does and writes each byte of a word as a visible character. */
final class ByteLevelWords {

  private static final Pattern WORD =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{IsWhite_Space}\\p{L}\\p{N}]+"
              + "|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})|\\p{IsWhite_Space}+");

  private static final List<String> OF_BYTE = ofBytes();

  private ByteLevelWords() {}

  static void of(String text, Consumer<String> words) {
    WORD.matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
        .results()
        .forEach(match -> words.accept(visible(match.group())));
  }

  /** The characters that stand for bytes, by code point. */
  static List<String> alphabet() {
    return OF_BYTE.stream().sorted().toList();
  }

  private static String visible(String word) {
    StringBuilder visible = new StringBuilder();
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      visible.append(OF_BYTE.get(b & 0xFF));
    }
    return visible.toString();
  }

  /** Visible Latin-1 characters stand for themselves, the others for those from 256 on. */
  private static List<String> ofBytes() {
    int[] next = {256};
    return IntStream.range(0, 256)
        .map(b -> isVisible(b) ? b : next[0]++)
        .mapToObj(Character::toString)
        .toList();
  }

  private static boolean isVisible(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xFF && b != 0xAD);
  }
}
