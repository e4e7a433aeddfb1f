package org.migratecheck.check.firewall;

import java.util.ArrayList;
import java.util.List;

/** The words of a rule of nftables, read from left to right. */
final class NftTokens {
  private final List<String> tokens;
  private int next;

  NftTokens(String text) {
    this(split(text));
  }

  NftTokens(List<String> tokens) {
    this.tokens = tokens;
  }

  /** Words, and braces, commas and parentheses one by one; quotes stay at a word's beginning. */
  private static List<String> split(String text) {
    List<String> result = new ArrayList<>();
    int length = text.length();
    for (int i = 0; i < length; ) {
      char c = text.charAt(i);
      int begin = i;
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      if (c == '"') {
        int end = text.indexOf('"', i + 1);
        i = end < 0 ? length : end + 1;
        result.add(text.substring(begin, end < 0 ? length : end));
        continue;
      }
      i++;
      if ("{},()".indexOf(c) < 0) {
        while (i < length
            && !Character.isWhitespace(text.charAt(i))
            && "{},()\"".indexOf(text.charAt(i)) < 0) {
          i++;
        }
      }
      result.add(text.substring(begin, i));
    }
    return result;
  }

  boolean more() {
    return next < tokens.size();
  }

  /** Returns the next word; empty at the end. */
  String peek() {
    return peek(0);
  }

  /** Returns the word {@code ahead} of the next; empty at the end. */
  String peek(int ahead) {
    return next + ahead < tokens.size() ? tokens.get(next + ahead) : "";
  }

  /** Takes the next word; empty at the end. */
  String take() {
    return more() ? tokens.get(next++) : "";
  }

  /** Takes the next word if it is {@code word}. */
  boolean take(String word) {
    if (peek().equals(word)) {
      next++;
      return true;
    }
    return false;
  }

  void skip(int count) {
    next = Math.min(tokens.size(), next + count);
  }

  /** Takes what stands between braces, the opening one being taken already; comma-separated. */
  List<List<String>> elements() {
    List<List<String>> elements = new ArrayList<>();
    List<String> element = new ArrayList<>();
    int depth = 0;
    while (more()) {
      String token = take();
      if (token.equals("}") && depth-- == 0) {
        break;
      }
      if (token.equals("{")) {
        depth++;
      }
      if (token.equals(",") && depth == 0) {
        elements.add(element);
        element = new ArrayList<>();
      } else {
        element.add(token);
      }
    }
    if (!element.isEmpty()) {
      elements.add(element);
    }
    return elements;
  }

  /** Returns the word without the quote that it may begin with. */
  static String unquoted(String word) {
    return word.startsWith("\"") ? word.substring(1) : word;
  }
}
