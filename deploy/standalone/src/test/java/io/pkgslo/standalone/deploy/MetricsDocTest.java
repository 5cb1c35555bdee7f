// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages name the series that the code exports. */
class MetricsDocTest {
  private static final Pattern NAME =
      Pattern.compile("`((?:pkgslo|go_package|go_service|slo|rollout)_[a-z0-9_]+)(?:\\{[^`]*})?`");

  /** Labels that are called as if they were series. */
  private static final Set<String> LABELS = Set.of("slo_breach");

  @Test
  void metrics_areDocumentedWithTheirTypes() {
    Map<String, String> documented = new TreeMap<>();
    for (MarkdownRow row : MarkdownRow.of("docs/metrics.md")) {
      if (NAME.matcher("`" + row.name() + "`").matches()) {
        documented.put(row.name(), row.cells().get(1));
      }
    }

    assertThat(documented).isEqualTo(ExportedMetrics.types());
  }

  static Stream<String> pages() {
    return SourceTree.files("docs", ".md").stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_namesNoSeriesThatDoesNotExist(String page) {
    Matcher matcher = NAME.matcher(SourceTree.text(page));
    while (matcher.find()) {
      String name = matcher.group(1);
      assertThat(
              LABELS.contains(name)
                  || ExportedMetrics.types().containsKey(name)
                  || ExportedMetrics.seriesNames().contains(name))
          .as("%s in %s", name, page)
          .isTrue();
    }
  }
}
