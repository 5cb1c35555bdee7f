// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {
  @Test
  void everythingUnderThePrefix_reachesTheClients() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "pkgslo.kafka.bootstrap.servers", "one:9092",
                        "pkgslo.kafka.security.protocol", "SSL",
                        "pkgslo.other", "x"),
                    "test",
                    100))
            .build();

    Properties properties = KafkaSettings.from(config).with(Map.of("acks", "all"));

    assertThat(properties)
        .containsOnly(
            Map.entry("bootstrap.servers", "one:9092"),
            Map.entry("security.protocol", "SSL"),
            Map.entry("acks", "all"));
  }

  @Test
  void environment_winsOverFiles() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of("pkgslo.kafka.bootstrap.servers", "file:9092"), "test", 100),
                new EnvConfigSource(
                    Map.of(
                        "PKGSLO_KAFKA_BOOTSTRAP_SERVERS", "env:9092",
                        "PKGSLO_KAFKA_SASL_JAAS_CONFIG", "secret"),
                    300))
            .build();

    Properties properties = KafkaSettings.from(config).with(Map.of());

    assertThat(properties)
        .containsOnly(
            Map.entry("bootstrap.servers", "env:9092"), Map.entry("sasl.jaas.config", "secret"));
  }

  @Test
  void user_winsOverOwnSettings() {
    KafkaSettings settings =
        KafkaSettings.of(Map.of("bootstrap.servers", "one:9092", "linger.ms", "50"));

    assertThat(settings.with(Map.of("linger.ms", 5))).containsEntry("linger.ms", "50");
  }

  /** Who reads what was taken back, or counts at least once, counts wrong. */
  @Test
  void user_doesNotWin_whereExactlyOnceRestsOnIt() {
    KafkaSettings settings =
        KafkaSettings.of(
            Map.of(
                "bootstrap.servers", "one:9092",
                "isolation.level", "read_uncommitted",
                "processing.guarantee", "at_least_once"));

    assertThat(
            settings.with(
                Map.of(
                    "isolation.level", "read_committed",
                    "processing.guarantee", "exactly_once_v2")))
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("processing.guarantee", "exactly_once_v2");
  }

  @Test
  void secrets_areNotShown() {
    KafkaSettings settings =
        KafkaSettings.of(Map.of("bootstrap.servers", "one:9092", "sasl.jaas.config", "hunter2"));

    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
  }

  @Test
  void noBrokers_saysWhatIsMissing() {
    assertThatThrownBy(() -> KafkaSettings.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pkgslo.kafka.bootstrap.servers");
  }

  /** Kubernetes mounts a secret as a file, with a line feed at its end or without. */
  @Test
  void nameOfAFile_standsForItsContent(@TempDir Path dir) throws IOException {
    Path secret = Files.writeString(dir.resolve("jaas"), "module required password=\"x\";\n");
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "pkgslo.kafka.bootstrap.servers",
                        "one:9092",
                        "pkgslo.kafka.sasl.jaas.config.file",
                        secret.toString()),
                    "test",
                    100))
            .build();
    KafkaSettings settings = KafkaSettings.from(config);
    assertThat(settings.with(Map.of()))
        .containsEntry("sasl.jaas.config", "module required password=\"x\";")
        .doesNotContainKey("sasl.jaas.config.file");
    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("password");
  }

  /** The signer of OAUTHBEARER reads its key by itself, and again when it changes. */
  @Test
  void nameThatKafkaKnows_isHandedOn_thoughItEndsInFile() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "pkgslo.kafka.bootstrap.servers",
                        "one:9092",
                        "pkgslo.kafka.sasl.oauthbearer.assertion.private.key.file",
                        "/run/secrets/key.pem"),
                    "test",
                    100))
            .build();
    assertThat(KafkaSettings.from(config).with(Map.of()))
        .containsEntry("sasl.oauthbearer.assertion.private.key.file", "/run/secrets/key.pem")
        .doesNotContainKey("sasl.oauthbearer.assertion.private.key");
  }

  @Test
  void fileThatIsNotThere_isNamed_withItsSetting() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(
                        "pkgslo.kafka.bootstrap.servers", "one:9092",
                        "pkgslo.kafka.ssl.key.password.file", "/no/such/file"),
                    "test",
                    100))
            .build();
    assertThatThrownBy(() -> KafkaSettings.from(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pkgslo.kafka.ssl.key.password.file")
        .hasMessageContaining("/no/such/file");
  }
}
