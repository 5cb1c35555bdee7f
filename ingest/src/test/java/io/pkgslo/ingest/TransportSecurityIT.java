// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.pkgslo.ingest.decode.DecodeLimits;
import io.pkgslo.ingest.record.IngestHealth;
import io.pkgslo.ingest.record.RecordSettings;
import io.pkgslo.model.Topics;
import io.pkgslo.platform.KafkaSettings;
import io.pkgslo.testing.Accounts;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, mutual TLS and SCRAM are Kafka's own settings, handed through. */
class TransportSecurityIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String USER_SECRET = "user-secret-4711";
  private static final String LISTENER = "listener.name.client.";

  @TempDir Path directory;

  /** The broker asks for the client's certificate too. */
  @Test
  void mutualTls_reads_andWithoutCertificateNothing() throws Exception {
    KeyStores stores = new KeyStores(directory);
    Path broker = stores.key("broker");
    Path client = stores.key("client");
    Map<String, String> clientSettings = new HashMap<>();
    clientSettings.put("security.protocol", "SSL");
    clientSettings.put("ssl.truststore.location", stores.trustOf(broker, "broker").toString());
    clientSettings.put("ssl.truststore.password", KeyStores.PASSWORD);
    Map<String, String> withoutKey = new HashMap<>(clientSettings);
    clientSettings.put("ssl.keystore.location", client.toString());
    clientSettings.put("ssl.keystore.password", KeyStores.PASSWORD);
    clientSettings.put("ssl.key.password", KeyStores.PASSWORD);
    EmbeddedKafka.Builder builder =
        EmbeddedKafka.builder(directory.resolve("kafka"))
            .clientProtocol(SecurityProtocol.SSL)
            .property(LISTENER + "ssl.keystore.location", broker.toString())
            .property(LISTENER + "ssl.keystore.password", KeyStores.PASSWORD)
            .property(LISTENER + "ssl.key.password", KeyStores.PASSWORD)
            .property(
                LISTENER + "ssl.truststore.location", stores.trustOf(client, "client").toString())
            .property(LISTENER + "ssl.truststore.password", KeyStores.PASSWORD)
            .property(LISTENER + "ssl.client.auth", "required");
    try (EmbeddedKafka kafka = builder.start()) {
      assertReads(kafka, clientSettings);
      assertRefused(kafka, withoutKey);
    }
  }

  @Test
  void scramOverTls_reads_andAWrongPasswordIsACause_thatDoesNotShowIt() throws Exception {
    KeyStores stores = new KeyStores(directory);
    Path broker = stores.key("broker");
    String jaas = "org.apache.kafka.common.security.scram.ScramLoginModule required ";
    EmbeddedKafka.Builder builder =
        EmbeddedKafka.builder(directory.resolve("kafka"))
            .clientProtocol(SecurityProtocol.SASL_SSL)
            .property(LISTENER + "ssl.keystore.location", broker.toString())
            .property(LISTENER + "ssl.keystore.password", KeyStores.PASSWORD)
            .property(LISTENER + "ssl.key.password", KeyStores.PASSWORD)
            .property("sasl.enabled.mechanisms", "SCRAM-SHA-512")
            .property(LISTENER + "scram-sha-512.sasl.jaas.config", jaas + ";");
    try (EmbeddedKafka kafka = builder.start()) {
      addUser(kafka);
      Map<String, String> client = new HashMap<>();
      client.put("security.protocol", "SASL_SSL");
      client.put("ssl.truststore.location", stores.trustOf(broker, "broker").toString());
      client.put("ssl.truststore.password", KeyStores.PASSWORD);
      client.put("sasl.mechanism", "SCRAM-SHA-512");
      client.put(
          "sasl.jaas.config", jaas + "username=\"pkgslo\" password=\"" + USER_SECRET + "\";");
      StringBuilder logged = new StringBuilder();
      Handler handler = capture(logged);
      try {
        assertReads(kafka, client);
        client.put(
            "sasl.jaas.config", jaas + "username=\"pkgslo\" password=\"wrong-secret-4712\";");
        String cause = assertRefused(kafka, client);
        assertThat(cause).contains("uthentication").doesNotContain("wrong-secret");
      } finally {
        Logger.getLogger("").removeHandler(handler);
      }
      assertThat(logged.toString())
          .doesNotContain(USER_SECRET, "wrong-secret", KeyStores.PASSWORD)
          .isNotEmpty();
    }
  }

  private static void addUser(EmbeddedKafka kafka) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", kafka.plaintextBootstrapServers()))) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "pkgslo",
                      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                      USER_SECRET)))
          .all()
          .get();
    }
  }

  private static Handler capture(StringBuilder logged) {
    Handler handler =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord record) {
            logged
                .append(record.getMessage())
                .append(java.util.Arrays.toString(record.getParameters()));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger.getLogger("").addHandler(handler);
    return handler;
  }

  private void assertReads(EmbeddedKafka kafka, Map<String, String> client) {
    Topics.otlp().forEach(topic -> kafka.createTopic(topic, 1));
    KafkaSettings settings = settings(kafka, client);
    assertThat(settings.toString()).doesNotContain(USER_SECRET, KeyStores.PASSWORD);
    CollectorRegistry registry = new CollectorRegistry();
    try (IngestPipeline pipeline = pipeline(settings, registry)) {
      pipeline.start();
      try (var producer =
          new KafkaProducer<>(
              settings.with(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
        producer.send(new ProducerRecord<>(Topics.OTLP_SPANS, new byte[0]));
      }
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                Double processed =
                    registry.getSampleValue(
                        "pkgslo_records_processed_total",
                        new String[] {"topic"},
                        new String[] {Topics.OTLP_SPANS});
                return processed != null && processed == 1;
              });
    }
  }

  /** Returns why. */
  private static String assertRefused(EmbeddedKafka kafka, Map<String, String> client) {
    try (IngestPipeline pipeline = pipeline(settings(kafka, client), new CollectorRegistry())) {
      pipeline.start();
      await()
          .atMost(PATIENCE)
          .until(() -> pipeline.health().state() == IngestHealth.State.UNHEALTHY);
      assertThat(pipeline.health().isReady()).isFalse();
      return pipeline.health().cause();
    }
  }

  private static KafkaSettings settings(EmbeddedKafka kafka, Map<String, String> client) {
    Map<String, String> all = new HashMap<>(client);
    all.put("bootstrap.servers", kafka.bootstrapServers());
    return KafkaSettings.of(all);
  }

  private static IngestPipeline pipeline(KafkaSettings settings, CollectorRegistry registry) {
    Accounts.watch("ingest", registry);
    return new IngestPipeline(
        new IngestSettings(
            new RecordSettings("ingest", "ingest-a", 1, 2, Duration.ofMillis(250), 2),
            DecodeLimits.DEFAULT,
            AttributeSettings.DEFAULT),
        settings,
        registry,
        Clock.systemUTC());
  }
}
