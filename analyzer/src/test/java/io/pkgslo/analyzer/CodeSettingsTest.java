// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of the code is set once, and a second setting that differs is told. */
class CodeSettingsTest {
  private static final Map<String, String> INGESTS =
      Map.of(
          "pkgslo.ingest.attribute.main-packages.\"shop/cart\"", "a.io/shop/cmd/cart",
          "pkgslo.ingest.attribute.source-roots.\"/src\"", "a.io/shop",
          "pkgslo.ingest.attribute.owners", "a.io,b.io",
          "pkgslo.ingest.attribute.helpers", "a.io/must");

  private static CodeSettings of(Map<String, String> ingests, Map<String, String> own) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withSources(new PropertiesConfigSource(ingests, "ingest", 100))
            .withSources(new PropertiesConfigSource(own, "own", 200))
            .withMapping(AnalyzerConfig.class)
            .withDefaultValue("java.io.tmpdir", "/tmp")
            .build();
    return CodeSettings.of(config.getConfigMapping(AnalyzerConfig.class).correlate(), config);
  }

  @Test
  void ingestsSettings_areTheAnalyzersToo() {
    CodeSettings code = of(INGESTS, Map.of());
    assertThat(code.mainPackages()).containsExactly(Map.entry("shop/cart", "a.io/shop/cmd/cart"));
    assertThat(code.blame().sourceRoots()).containsExactly(Map.entry("/src", "a.io/shop"));
    assertThat(code.blame().owners()).containsExactly("a.io", "b.io");
    assertThat(code.blame().helpers()).containsExactly("a.io/must");
    assertThat(code.differences()).isEmpty();
  }

  @Test
  void ownSettings_win_andWhatDiffersIsTold() {
    Map<String, String> own =
        Map.of("pkgslo.analyzer.correlate.source-roots.\"/src\"", "a.io/other");
    CodeSettings code = of(INGESTS, own);
    assertThat(code.blame().sourceRoots()).containsExactly(Map.entry("/src", "a.io/other"));
    assertThat(code.differences())
        .singleElement()
        .asString()
        .contains("pkgslo.analyzer.correlate.source-roots", "pkgslo.ingest.attribute.source-roots");
    assertThat(of(Map.of(), own).differences()).hasSize(1);
  }
}
