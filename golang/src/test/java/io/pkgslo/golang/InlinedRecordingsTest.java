// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.stack.BlamePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Closures of {@code example.com/shop/billing} that Go 1.26 inlined into {@code main}, built in
 * {@code /src/shop} without {@code -trimpath}: output of {@code deploy/go/crashes/inlined}.
 */
class InlinedRecordingsTest {
  private static final BlamePolicy ROOTS =
      BlamePolicy.DEFAULT.withSourceRoots(Map.of("/src/shop", "example.com/shop"));

  private static String blamed(String recording, BlamePolicy policy) throws IOException {
    String file = "/go-1.26/inlined-" + recording + ".txt";
    try (InputStream in = InlinedRecordingsTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Finding> findings = new ExplainText(policy, List.of()).explain(text);
      assertThat(findings).hasSize(1);
      return ((Finding.PanicFound) findings.get(0)).pkg().path();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "handler", "outer", "routes", "mw", "direct", "go", "gofunc", "wg", "each", "loop", "run"
      })
  void closureOfAnotherPackage_isNotMains_andIsNamedByARoot(String recording) throws IOException {
    assertThat(blamed(recording, BlamePolicy.DEFAULT)).isEqualTo("(unattributed)");
    assertThat(blamed(recording, ROOTS)).isEqualTo("example.com/shop/billing");
  }

  @ParameterizedTest
  @CsvSource({"own", "value"})
  void closureOfMain_isMains(String recording) throws IOException {
    assertThat(blamed(recording, BlamePolicy.DEFAULT)).isEqualTo("main");
    assertThat(blamed(recording, ROOTS)).isEqualTo("example.com/shop/cmd/app");
  }
}
