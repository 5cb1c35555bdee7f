// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestConfigTest {
  private static IngestSettings settings(Map<String, String> values) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(IngestConfig.class)
            .withDefaultValues(values)
            .build();
    return ConfiguredSettings.of(config.getConfigMapping(IngestConfig.class), 4, "host");
  }

  @Test
  void defaults_areThoseOfTheStages() {
    IngestSettings settings = settings(Map.of());
    assertThat(settings.decode()).isEqualTo(DecodeLimits.DEFAULT);
    assertThat(settings.attribute()).isEqualTo(AttributeSettings.DEFAULT);
    assertThat(settings.record().group()).isEqualTo("pkgslo-ingest");
    assertThat(settings.record().transactionalId()).isEqualTo("pkgslo-ingest-host");
    assertThat(settings.record().workers()).isEqualTo(1);
    assertThat(settings.record().progressInterval()).isEqualTo(Duration.ofMillis(250));
    assertThat(settings.record().attempts()).isEqualTo(5);
  }

  @Test
  void everyKey_isRead() {
    IngestSettings settings =
        settings(
            Map.ofEntries(
                Map.entry("pkgslo.ingest.record.group", "g"),
                Map.entry("pkgslo.ingest.record.transactional-id", "t"),
                Map.entry("pkgslo.ingest.record.workers", "3"),
                Map.entry("pkgslo.ingest.decode.max-depth", "50"),
                Map.entry("pkgslo.ingest.attribute.override-attributes", "a,b"),
                Map.entry("pkgslo.ingest.attribute.module-prefixes", "myapp"),
                Map.entry("pkgslo.ingest.attribute.routes.\"GET /cart\"", "example.com/cart"),
                Map.entry("pkgslo.ingest.attribute.main-packages.\"shop/checkout\"", "x/cmd"),
                Map.entry("pkgslo.ingest.attribute.owners", "github.com/acme"),
                Map.entry("pkgslo.ingest.attribute.sidecar-attributes.component", "envoy"),
                Map.entry("pkgslo.ingest.attribute.grpc-errors", "CANCELLED,13"),
                Map.entry("pkgslo.ingest.attribute.allowed-skew", "1m"),
                Map.entry("pkgslo.ingest.sampling.assume", "unknown"),
                Map.entry("pkgslo.ingest.sampling.ratios.\"shop/checkout\"", "0.1")));
    assertThat(settings.record().group()).isEqualTo("g");
    assertThat(settings.record().transactionalId()).isEqualTo("t");
    assertThat(settings.record().workers()).isEqualTo(3);
    assertThat(settings.decode().maxDepth()).isEqualTo(50);
    AttributeSettings attribute = settings.attribute();
    assertThat(attribute.packages().overrideAttributes()).containsExactly("a", "b");
    assertThat(attribute.packages().modulePrefixes()).containsExactly("myapp");
    assertThat(attribute.packages().routes()).containsEntry("GET /cart", "example.com/cart");
    assertThat(attribute.packages().mainPackages()).containsEntry("shop/checkout", "x/cmd");
    assertThat(attribute.blame().owners()).containsExactly("github.com/acme");
    assertThat(attribute.sidecars().attributes()).containsEntry("component", "envoy");
    assertThat(attribute.grpcErrors()).containsExactly("CANCELLED", "13");
    assertThat(attribute.allowedSkew()).isEqualTo(Duration.ofMinutes(1));
    assertThat(attribute.sampling().silenceIsUnknown()).isTrue();
    assertThat(attribute.sampling().ratioByService()).containsEntry("shop/checkout", 0.1);
  }

  @Test
  void nonsense_isRefused_withKeyAndValue() {
    assertThatThrownBy(() -> settings(Map.of("pkgslo.ingest.record.workers", "0")))
        .hasMessageContaining("workers")
        .hasMessageContaining("'0'");
    assertThatThrownBy(() -> settings(Map.of("pkgslo.ingest.sampling.ratios.s", "2")))
        .hasMessageContaining("sampling ratio of s")
        .hasMessageContaining("2.0");
  }
}
