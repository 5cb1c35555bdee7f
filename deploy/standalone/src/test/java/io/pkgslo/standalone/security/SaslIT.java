// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pkgslo.broker.EmbeddedKafka;
import io.pkgslo.model.Topics;
import io.pkgslo.standalone.chaos.ServiceProcess;
import io.pkgslo.standalone.exact.Accounts;
import io.pkgslo.standalone.exact.Exposition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * PLAIN and OAUTHBEARER, with secrets from files, by the application as it is deployed: what logs
 * in must be among its own jars.
 */
class SaslIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LISTENER = "listener.name.client.";
  private static final String SECRET = "secret-of-pkgslo-4711";

  /** Kafka asks nobody else for a token, or for keys. */
  private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  private static final String KAFKA = "org.apache.kafka.common.security.";
  private static final String OAUTH = KAFKA + "oauthbearer.OAuthBearer";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @Test
  void ingest_logsInByPassword_andByToken() throws Exception {
    try (TokenIssuer issuer = new TokenIssuer("pkgslo", SECRET)) {
      String keys = issuer.keys(directory);
      System.setProperty(ALLOWED, keys);
      try (EmbeddedKafka kafka = broker(keys)) {
        Topics.otlp().forEach(topic -> kafka.createTopic(topic, 1));
        assertReads(
            kafka,
            "plain",
            Map.of(
                "pkgslo.kafka.sasl.mechanism",
                "PLAIN",
                "pkgslo.kafka.sasl.jaas.config.file",
                secret(
                    "jaas",
                    KAFKA
                        + "plain.PlainLoginModule required username=\"pkgslo\" password=\""
                        + SECRET
                        + "\";")));
        assertReads(
            kafka,
            "token",
            Map.of(
                "pkgslo.kafka.sasl.mechanism",
                "OAUTHBEARER",
                "pkgslo.kafka.sasl.login.callback.handler.class",
                OAUTH + "LoginCallbackHandler",
                "pkgslo.kafka.sasl.oauthbearer.token.endpoint.url",
                issuer.endpoint(),
                "pkgslo.kafka.sasl.jaas.config",
                OAUTH + "LoginModule required;",
                "pkgslo.kafka.sasl.oauthbearer.client.credentials.client.id",
                "pkgslo",
                "pkgslo.kafka.sasl.oauthbearer.client.credentials.client.secret.file",
                secret("token", SECRET),
                ALLOWED,
                issuer.endpoint()));
        assertThat(issuer.issued()).isNotEmpty();
        assertThat(Files.readString(directory.resolve("token.log")))
            .doesNotContain(issuer.issued());
      } finally {
        System.clearProperty(ALLOWED);
      }
    }
  }

  private EmbeddedKafka broker(String keys) {
    return EmbeddedKafka.builder(directory.resolve("kafka"))
        .clientProtocol(SecurityProtocol.SASL_PLAINTEXT)
        .property("sasl.enabled.mechanisms", "PLAIN,OAUTHBEARER")
        .property(
            LISTENER + "plain.sasl.jaas.config",
            KAFKA + "plain.PlainLoginModule required user_pkgslo=\"" + SECRET + "\";")
        .property(LISTENER + "oauthbearer.sasl.jaas.config", OAUTH + "LoginModule required;")
        .property(
            LISTENER + "oauthbearer.sasl.server.callback.handler.class",
            OAUTH + "ValidatorCallbackHandler")
        .property(LISTENER + "oauthbearer.sasl.oauthbearer.jwks.endpoint.url", keys)
        .property(LISTENER + "oauthbearer.sasl.oauthbearer.expected.audience", TokenIssuer.AUDIENCE)
        .start();
  }

  /** As it is mounted: with a line feed at its end. */
  private String secret(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content + "\n").toString();
  }

  private void assertReads(EmbeddedKafka kafka, String name, Map<String, String> login)
      throws Exception {
    Map<String, String> settings = new HashMap<>(login);
    settings.put("pkgslo.kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("pkgslo.kafka.security.protocol", "SASL_PLAINTEXT");
    // Whoever looks for a fault sets it so, and sends the log to somebody.
    settings.put("quarkus.log.level", "DEBUG");
    settings.put("quarkus.log.category.\"org.apache.kafka\".level", "DEBUG");
    settings.put("pkgslo.ingest.record.transactional-id", name);
    try (ServiceProcess ingest = new ServiceProcess("ingest", name, directory, settings)) {
      ingest.start();
      send(kafka);
      await(name)
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(processed(ingest.scrape())).as(ingest.tail()).isPositive());
      Accounts.awaitBalance(name, ingest::scrape);
    }
    String log = Files.readString(directory.resolve(name + ".log"));
    assertThat(log).contains("DEBUG").doesNotContain(SECRET, basic(SECRET));
  }

  /** As the client sends it to the issuer of tokens. */
  private static String basic(String secret) {
    return Base64.getEncoder()
        .encodeToString(("pkgslo:" + secret).getBytes(StandardCharsets.UTF_8));
  }

  private static void send(EmbeddedKafka kafka) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.plaintextBootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.OTLP_SPANS, new byte[0])).get();
    }
  }

  private static double processed(Exposition scrape) {
    return scrape == null
        ? 0
        : scrape.samples().stream()
            .filter(sample -> sample.name().equals("pkgslo_records_processed_total"))
            .mapToDouble(Exposition.Sample::value)
            .sum();
  }
}
