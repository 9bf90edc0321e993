package io.github.nolabel.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Cleans a text and splits it at white space and around each punctuation mark, as BERT does. */
final class BertWords {

  private static final Pattern REMOVED =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\uFFFD&&[^\\t\\n\\r]]");

  /** The ideographs that are words of their own, with the gap that Hugging Face's library has. */
  private static final Pattern IDEOGRAPH =
      Pattern.compile(
          "[\\x{3400}-\\x{4DBF}\\x{4E00}-\\x{9FFF}\\x{F900}-\\x{FAFF}\\x{20000}-\\x{2A6DF}"
              + "\\x{2A700}-\\x{2B81F}\\x{2B920}-\\x{2CEAF}\\x{2F800}-\\x{2FA1F}]");

  private static final Pattern ACCENT = Pattern.compile("\\p{Mn}");
  private static final Pattern WORD =
      Pattern.compile("[\\p{P}\\p{Punct}]|[^\\p{P}\\p{Punct}\\p{IsWhite_Space}]+");

  private BertWords() {}

  static void of(String text, Consumer<String> words) {
    WORD.matcher(normalized(text)).results().forEach(match -> words.accept(match.group()));
  }

  private static String normalized(String text) {
    String spaced = IDEOGRAPH.matcher(REMOVED.matcher(text).replaceAll("")).replaceAll(" $0 ");
    String decomposed = Normalizer.normalize(spaced, Normalizer.Form.NFD);
    return lowerCase(ACCENT.matcher(decomposed).replaceAll(""));
  }

  /** Each character by itself: a sigma at the end of a word is written like any other. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints().forEach(c -> lower.append(Character.toString(c).toLowerCase(Locale.ROOT)));
    return lower.toString();
  }
}
