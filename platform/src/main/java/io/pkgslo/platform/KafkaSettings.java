// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Settings that every Kafka client of a service shares: whatever stands under {@code pkgslo.kafka.}
 * (or in environment variables {@code PKGSLO_KAFKA_*}) is handed to the clients under the rest of
 * its name, so TLS, SASL and timeouts need no settings of our own. A name that ends in {@code
 * .file} stands for the content of a file, as secrets are mounted: {@code sasl.jaas.config.file}.
 * Those few that Kafka itself calls so are handed on as they are.
 *
 * <p>Values may be secrets: {@link #toString} shows names only.
 */
public final class KafkaSettings {
  private static final String PREFIX = "pkgslo.kafka.";
  private static final String FILE_SUFFIX = ".file";
  private static final String ENVIRONMENT_PREFIX = "PKGSLO_KAFKA_";

  /** Names of settings that Kafka's clients know, such as of files with keys for OAUTHBEARER. */
  private static final Set<String> KAFKAS_OWN = AdminClientConfig.configNames();

  /** What exactly-once rests on: what a client of ours says of it stays. */
  private static final Set<String> FIXED =
      Set.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "processing.guarantee");

  private final Map<String, String> settings;

  private KafkaSettings(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
    if (bootstrapServers().isBlank()) {
      throw new IllegalArgumentException(
          PREFIX + "bootstrap.servers is not set: expected host:port[,host:port...]");
    }
  }

  /** Settings under their Kafka names; {@code bootstrap.servers} is required. */
  public static KafkaSettings of(Map<String, String> settings) {
    return new KafkaSettings(settings);
  }

  /** Settings that name the brokers and nothing else. */
  public static KafkaSettings of(String bootstrapServers) {
    return of(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** Everything under {@code pkgslo.kafka.} in {@code config}. */
  static KafkaSettings from(Config config) {
    return of(found(config));
  }

  private static Map<String, String> found(Config config) {
    Map<String, String> found = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      String key = kafkaName(name);
      if (!key.isEmpty()) {
        // By our spelling of the name, so that the usual order of the sources decides.
        config.getOptionalValue(PREFIX + key, String.class).ifPresent(v -> found.put(key, v));
      }
    }
    return withFiles(found);
  }

  /** Contents in the place of names of files. */
  private static Map<String, String> withFiles(Map<String, String> settings) {
    Map<String, String> read = new TreeMap<>();
    settings.forEach(
        (name, value) -> {
          if (name.endsWith(FILE_SUFFIX) && !KAFKAS_OWN.contains(name)) {
            read.put(name.substring(0, name.length() - FILE_SUFFIX.length()), content(name, value));
          } else {
            read.putIfAbsent(name, value);
          }
        });
    return read;
  }

  private static String content(String name, String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          PREFIX + name + ": expected a file that can be read, was '" + file + "'", e);
    }
  }

  /**
   * Everything that is configured for this process, with other brokers: for commands.
   *
   * @param bootstrapServers wins over what is configured
   * @throws IllegalArgumentException when a file cannot be read
   */
  public static KafkaSettings configured(String bootstrapServers) {
    Map<String, String> found = found(ConfigProvider.getConfig());
    found.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return of(found);
  }

  private static String kafkaName(String name) {
    if (name.startsWith(PREFIX)) {
      return name.substring(PREFIX.length());
    }
    if (name.startsWith(ENVIRONMENT_PREFIX)) {
      return name.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }
    return "";
  }

  /** The brokers, as {@code host:port[,host:port...]}. */
  public String bootstrapServers() {
    return settings.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "");
  }

  /**
   * A copy with {@code own} settings of a client. What the user set wins over them, but for what
   * exactly-once rests on.
   */
  public Properties with(Map<String, ?> own) {
    Properties properties = new Properties();
    own.forEach(properties::put);
    settings.forEach(
        (name, value) -> {
          if (!FIXED.contains(name) || !own.containsKey(name)) {
            properties.put(name, value);
          }
        });
    return properties;
  }

  @Override
  public String toString() {
    return "KafkaSettings" + new TreeMap<>(settings).keySet();
  }
}
