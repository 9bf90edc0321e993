package io.github.nolabel.weights;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A reader of the JSON that headers consist of: objects, texts, lists of natural numbers. */
final class HeaderText {

  private static final int LONGEST_NUMBER = 18;

  private final String text;
  private int at;

  HeaderText(String text) {
    this.text = text;
  }

  /** Reads an object; {@code member} reads what follows each name. */
  void object(Consumer<String> member) {
    expect('{');
    Set<String> names = new HashSet<>();
    if (accept('}')) {
      return;
    }
    do {
      String name = string();
      if (!names.add(name)) {
        throw wrong("'%s' stands twice".formatted(name));
      }
      expect(':');
      member.accept(name);
    } while (accept(','));
    expect('}');
  }

  List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    expect('[');
    if (accept(']')) {
      return numbers;
    }
    do {
      numbers.add(number());
    } while (accept(','));
    expect(']');
    return numbers;
  }

  String string() {
    expect('"');
    StringBuilder result = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char next = text.charAt(at++);
      result.append(next == '\\' ? escaped() : next);
    }
    at++;
    if (at > text.length()) {
      throw wrong("a text does not end");
    }
    return result.toString();
  }

  /** Padding may follow, nothing else. */
  void end() {
    skipSpace();
    if (at < text.length()) {
      throw wrong("something follows the last brace");
    }
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "%s, at character %d of its header".formatted(what, Math.min(at, text.length())));
  }

  private long number() {
    skipSpace();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start || at - start > LONGEST_NUMBER) {
      throw wrong("a whole number was expected");
    }
    return Long.parseLong(text.substring(start, at));
  }

  private char escaped() {
    char code = at < text.length() ? text.charAt(at++) : ' ';
    return switch (code) {
      case '"', '\\', '/' -> code;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unicode() {
    String digits = text.substring(at, Math.min(text.length(), at + 4));
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      throw wrong("an unknown escape");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw wrong("'%c' was expected".formatted(wanted));
    }
  }

  private boolean accept(char wanted) {
    skipSpace();
    boolean found = at < text.length() && text.charAt(at) == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
