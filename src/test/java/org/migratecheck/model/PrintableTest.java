package org.migratecheck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @Test
  void ordinaryTextOfAnyScriptStaysTheSameObject() {
    String text = "Größe 大きさ \\x41 'quoted' 😀";
    assertThat(Printable.of(text)).isSameAs(text);
    assertThat(Printable.line(text)).isSameAs(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1b, \\x1b", // ESC: every terminal sequence starts with it
    "7, \\x07", // BEL
    "0, \\x00",
    "7f, \\x7f",
    "9b, \\x9b", // CSI in one byte
    "d, \\r", // overwrites the line
    "202e, \\u202e", // right-to-left override
    "2066, \\u2066",
    "200b, \\u200b",
    "feff, \\ufeff",
    "ad, \\xad",
    "2028, \\u2028",
    "e000, \\ue000",
    "d800, \\ud800", // half a surrogate pair
    "e0041, \\U000e0041", // invisible tag letters
  })
  void whatActsOnATerminalIsShown(String code, String shown) {
    String text = "a" + new String(Character.toChars(Integer.parseInt(code, 16))) + "b";
    assertThat(Printable.of(text)).isEqualTo("a" + shown + "b");
    assertThat(Printable.line(text)).isEqualTo("a" + shown + "b");
  }

  @Test
  void breaksAreKeptInTextAndShownInALine() {
    assertThat(Printable.of("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(Printable.line("a\n\tb")).isEqualTo("a\\n\\tb");
  }

  @Test
  void aLongLineIsCutBetweenCharacters() {
    assertThat(Printable.line("abcdef", 4)).isEqualTo("abcd...");
    assertThat(Printable.line("abcd", 4)).isEqualTo("abcd");
    assertThat(Printable.line("abc😀def", 4)).isEqualTo("abc...");
  }

  @Test
  void bytesThatAreNoUtf8AreShown() {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3, (byte) 0xa9, (byte) 0xc3, 'b', (byte) 0xe2};
    assertThat(Printable.decode(bytes)).isEqualTo("a\\xffé\\xc3b\\xe2");
    assertThat(Printable.decode("日本\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("日本\n");
  }
}
