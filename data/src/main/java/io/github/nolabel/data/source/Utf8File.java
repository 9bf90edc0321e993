package io.github.nolabel.data.source;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.FileInput;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Text that is UTF-8 or a mistake; a byte order mark in front of it does not count. */
final class Utf8File {

  private static final char MARK = '\uFEFF';

  private Utf8File() {}

  /** The text from its first character on. Reading fails where it is no UTF-8. */
  static BufferedReader open(Path file) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(FileInput.open(file), strict()));
    reader.mark(1);
    if (reader.read() != MARK) {
      reader.reset();
    }
    return reader;
  }

  /** All of the text, without the mark. */
  static String decode(byte[] bytes) throws CharacterCodingException {
    String text = strict().decode(ByteBuffer.wrap(bytes)).toString();
    return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
  }

  /** What to say of a file that is no UTF-8: which line is the first bad one. */
  static UserMistake notUtf8(String source, Path file, IOException cause) {
    return new UserMistake(
        "Data source '%s': %s'%s' is no UTF-8 text. Save the file as UTF-8."
            .formatted(source, firstBadLine(file), file.getFileName()),
        cause);
  }

  private static String firstBadLine(Path file) {
    try (InputStream input = new BufferedInputStream(FileInput.open(file))) {
      return "line %,d of ".formatted(firstBadLine(input));
    } catch (IOException e) {
      return "";
    }
  }

  /** From 1; the one after the last if all are good. */
  private static long firstBadLine(InputStream input) throws IOException {
    long line = 1;
    byte[] bytes = nextLine(input);
    while (bytes.length > 0 && isUtf8(bytes)) {
      line++;
      bytes = nextLine(input);
    }
    return line;
  }

  /** With its line feed, which is never a part of another character; empty at the end. */
  private static byte[] nextLine(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = input.read(); next >= 0; next = input.read()) {
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      strict().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static CharsetDecoder strict() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }
}
