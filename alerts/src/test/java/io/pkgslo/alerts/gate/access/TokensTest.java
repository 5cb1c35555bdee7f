// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.alerts.gate.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
  /** printf 'correct horse battery staple' | sha256sum */
  private static final String HASH =
      "c4bbcb1fbec99d65bf59d85c8cb62ee2db963f0fe106f483d9afa73bd4e39a8a";

  private final MovableClock clock = new MovableClock(Instant.EPOCH);

  @Test
  void hashedToken_isRecognised() {
    Tokens tokens = new Tokens(List.of("ci:operator:sha256=" + HASH), null, clock);

    assertThat(tokens.find("correct horse battery staple"))
        .isEqualTo(new Caller("ci", Role.OPERATOR));
    assertThat(tokens.find(HASH)).isNull();
    assertThat(tokens.find("")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ci",
        "ci:operator",
        "ci:root:0123456789abcdef",
        ":admin:0123456789abcdef",
        "ci:admin:short",
        "ci:admin:sha256=12",
        "ci:admin:sha256=secret-secret-secret"
      })
  void badEntry_isRefused_withoutShowingTheSecret(String entry) {
    assertThatThrownBy(() -> new Tokens(List.of(entry), null, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pkgslo.alerts.security.tokens[0]: ")
        .hasMessageNotContainingAny("0123456789abcdef", "short ", "secret-secret");
  }

  @Test
  void file_isReadAgainWhenItChanges(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("tokens");
    Files.writeString(file, "# people\n\nada:admin:first-token-of-ada\n");
    Tokens tokens = new Tokens(List.of(), file, clock);
    assertThat(tokens.find("first-token-of-ada")).isEqualTo(new Caller("ada", Role.ADMIN));

    write(file, "ada:admin:second-token-of-ada\n", 1);
    assertThat(tokens.find("first-token-of-ada")).isNull();
    assertThat(tokens.find("second-token-of-ada")).isNotNull();

    write(file, "nonsense\n", 2);
    assertThat(tokens.find("second-token-of-ada")).isNotNull();
  }

  private void write(Path file, String text, int hours) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now(clock).plusSeconds(hours * 3600L)));
    clock.move(Duration.ofSeconds(6));
  }

  @Test
  void secrets_areNotPrinted() {
    SecuritySettings settings =
        new SecuritySettings(true, List.of("a:admin:very-secret-token"), null, 1, 1, null);

    assertThat(settings.toString()).doesNotContain("secret");
    assertThat(Token.parse("a:admin:very-secret-token", "x").toString()).doesNotContain("secret");
  }
}
