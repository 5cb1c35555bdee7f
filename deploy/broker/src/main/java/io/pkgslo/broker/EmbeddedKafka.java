// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Apache Kafka broker (KRaft, one node) inside this JVM, on 127.0.0.1.
 *
 * <p>For tests. Its jars do not belong on the class path of a service: users get it as a child
 * process, see {@link BrokerProcess}. A fatal fault inside Kafka leaves the broker dead and is
 * written to standard error; where the JVM exists for the broker alone it halts it, see {@link
 * Builder#ownJvm}.
 *
 * <p>The data directory is formatted when it is new and reused otherwise, together with its port:
 * clients that hold the old address find the broker again. Records of any timestamp are accepted
 * and kept; topics are created explicitly. Start takes one to two seconds.
 *
 * <p>Thread-safe: every method holds the object's lock.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int START_ATTEMPTS = 5;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Builder settings;
  private final BrokerDirectory directory;
  private @Nullable SingleNode server;
  private BrokerSettings.Ports ports = new BrokerSettings.Ports(0, 0, 0);

  private EmbeddedKafka(Builder settings, BrokerDirectory directory) {
    this.settings = settings;
    this.directory = directory;
  }

  /**
   * Starts a broker on the port that the directory remembers, or on any free one.
   *
   * @throws BrokerException if it cannot start; the message says why
   */
  public static EmbeddedKafka start(Path dataDir) {
    return builder(dataDir).start();
  }

  /**
   * Starts a broker on a given port.
   *
   * @param port 1 to 65535, or 0 for the remembered or any free one
   * @throws BrokerException if it cannot start; the message says why
   */
  public static EmbeddedKafka start(Path dataDir, int port) {
    return builder(dataDir).port(port).start();
  }

  /** For other than the usual settings. */
  public static Builder builder(Path dataDir) {
    return new Builder(dataDir);
  }

  /** Address for clients, {@code 127.0.0.1:port}; the same before and after a restart. */
  public synchronized String bootstrapServers() {
    return BrokerSettings.HOST + ":" + ports.client();
  }

  /** Port for clients. */
  public synchronized int port() {
    return ports.client();
  }

  /**
   * Address of the plain listener, which stays open to tests beside a secured one. It changes with
   * every start.
   */
  public synchronized String plaintextBootstrapServers() {
    return BrokerSettings.HOST + ":" + ports.internal();
  }

  /** Creates a topic with the broker's defaults and waits until clients can use it. */
  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /**
   * Creates a topic and waits until clients can use it. A topic that exists already with as many
   * partitions is left as it is.
   *
   * @throws BrokerException if Kafka refuses it, or it exists with another number of partitions
   */
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    TopicCreation.create(plaintextBootstrapServers(), name, partitions, configs);
  }

  /** Whether the broker is up. */
  public synchronized boolean isRunning() {
    return server != null;
  }

  /** Stops and starts the broker on the same directory and port; data and offsets stay. */
  public synchronized void restart() {
    stop();
    resume();
  }

  /**
   * Stops the broker but keeps its directory locked and its port; {@link #resume} brings it back.
   */
  public synchronized void stop() {
    SingleNode running = server;
    server = null;
    if (running != null) {
      running.shutdown();
      running.awaitShutdown();
    }
  }

  /** Starts a stopped broker again; does nothing when it runs. */
  public synchronized void resume() {
    if (server == null) {
      startServer();
    }
  }

  /** Stops the broker and lets go of its directory. The data stays. */
  @Override
  public synchronized void close() {
    try (directory) {
      stop();
    }
  }

  private void startServer() {
    int wanted = ports.client() != 0 ? ports.client() : settings.port;
    for (int attempt = 1; ; attempt++) {
      ports = choosePorts(wanted);
      try {
        server = startOn(ports);
        directory.rememberPort(ports.client());
        return;
      } catch (BindFailedException e) {
        if (wanted != 0 && isTaken(wanted)) {
          throw new BrokerException(
              "port " + wanted + " on " + BrokerSettings.HOST + " is taken by another process", e);
        }
        if (attempt == START_ATTEMPTS) {
          throw new BrokerException("no free port found after " + attempt + " attempts", e);
        }
        // Someone took a port between the search and the bind: search again.
      }
    }
  }

  private BrokerSettings.Ports choosePorts(int wanted) {
    int client = wanted;
    if (client == 0) {
      int remembered = directory.rememberedPort().orElse(0);
      client = remembered != 0 && !isTaken(remembered) ? remembered : 0;
    }
    // All held open at once, else the system may hand out one port twice.
    try (ServerSocket first = free(client);
        ServerSocket second = free(0);
        ServerSocket third = free(0)) {
      return new BrokerSettings.Ports(
          first.getLocalPort(), second.getLocalPort(), third.getLocalPort());
    } catch (IOException e) {
      throw new BrokerException(
          "cannot listen on " + BrokerSettings.HOST + ":" + client + ": " + e.getMessage(), e);
    }
  }

  private static boolean isTaken(int port) {
    try (ServerSocket probe = free(port)) {
      return !probe.isBound();
    } catch (IOException e) {
      return true;
    }
  }

  private static ServerSocket free(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK));
  }

  private SingleNode startOn(BrokerSettings.Ports chosen) throws BindFailedException {
    SingleNode starting = null;
    try {
      KafkaConfig config =
          KafkaConfig.fromProps(
              BrokerSettings.properties(
                  directory.logDirectory(), chosen, settings.protocol.name, settings.properties),
              false);
      formatIfNew();
      starting = new SingleNode(config);
      starting.startup();
      return starting;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      if (starting != null) {
        starting.shutdown();
      }
      if (isBindFailure(e)) {
        throw new BindFailedException(e);
      }
      throw new BrokerException(
          "the broker did not start on " + directory.logDirectory() + ": " + e.getMessage(), e);
    }
  }

  private void formatIfNew() throws Exception {
    Path log = directory.logDirectory();
    if (log.resolve("meta.properties").toFile().exists()) {
      return;
    }
    new Formatter()
        .setNodeId(BrokerSettings.NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(log.toString())
        .setMetadataLogDirectory(log.toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  private static boolean isBindFailure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  /** One of the ports was taken between choosing and binding it. */
  private static final class BindFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    BindFailedException(Throwable cause) {
      super(cause);
    }
  }

  /** Settings of one broker. Not thread-safe. */
  public static final class Builder {
    private final Path dataDir;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private int port;
    private SecurityProtocol protocol = SecurityProtocol.PLAINTEXT;
    private Duration lockWait = Duration.ZERO;
    private boolean ownJvm;

    private Builder(Path dataDir) {
      this.dataDir = Objects.requireNonNull(dataDir);
    }

    /** 1 to 65535, or 0 (the default) for the one that the directory remembers or any free one. */
    public Builder port(int value) {
      if (value < 0 || value > 65535) {
        throw new IllegalArgumentException("port must lie in 0 to 65535, not " + value);
      }
      port = value;
      return this;
    }

    /** One broker setting; wins over ours. */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /**
     * Protocol of the clients' listener; {@code PLAINTEXT} if absent. Key stores and JAAS entries
     * come in through {@link #property}, under {@code listener.name.client.}.
     */
    public Builder clientProtocol(SecurityProtocol value) {
      protocol = value;
      return this;
    }

    /** How long to wait for another process to let go of the directory; not at all if absent. */
    public Builder lockWait(Duration value) {
      lockWait = value;
      return this;
    }

    /** This JVM exists for the broker alone: a fatal fault inside Kafka halts it, with status 1. */
    Builder ownJvm() {
      ownJvm = true;
      return this;
    }

    /**
     * Starts the broker and returns when it takes requests.
     *
     * @throws BrokerException if it cannot start; the message says why
     */
    public EmbeddedKafka start() {
      if (!ownJvm) {
        KafkaExit.sparesTheJvm();
      }
      Path absolute = dataDir.toAbsolutePath().normalize();
      BrokerDirectory directory = BrokerDirectory.open(absolute, lockWait);
      EmbeddedKafka kafka = new EmbeddedKafka(this, directory);
      try {
        kafka.resume();
        return kafka;
      } catch (RuntimeException e) {
        directory.close();
        throw e;
      }
    }
  }
}
