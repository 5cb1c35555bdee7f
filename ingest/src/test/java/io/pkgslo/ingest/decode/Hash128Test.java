// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values of the reference implementation (MurmurHash3_x64_128, seed 0), as published with Guava.
 */
class Hash128Test {
  @ParameterizedTest
  @CsvSource({
    "'', 0000000000000000, 0000000000000000",
    "The quick brown fox jumps over the lazy dog, e34bbc7bbc071b6c, 7a433ca9c49a9347",
    "The quick brown fox jumps over the lazy cog, 658ca970ff85269a, 43fee3eaa68e5c3e"
  })
  void of_referenceValues(String text, String first, String second) {
    Hash128 hash = new Hash128().of(Slice.of(text));
    assertThat(hash.high()).isEqualTo(Long.parseUnsignedLong(first, 16));
    assertThat(hash.low()).isEqualTo(Long.parseUnsignedLong(second, 16));
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "8", "9", "15", "16", "17", "40"})
  void of_partOfArray_sameAsAlone(int length) {
    byte[] bytes = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
    byte[] around = new byte[length + 20];
    System.arraycopy(bytes, 0, around, 3, length);
    Hash128 alone = new Hash128().of(bytes, 0, length);
    Hash128 part = new Hash128().of(around, 3, length);
    assertThat(part.high()).isEqualTo(alone.high());
    assertThat(part.low()).isEqualTo(alone.low());
  }
}
