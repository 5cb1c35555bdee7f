// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the child process finds Kafka's server, which is not on its parent's class path.
 *
 * <p>Tried in this order: the system property {@code pkgslo.broker.jar}; {@code broker/broker.jar}
 * in a folder above the jar of this class, as in an installed application; the same below {@code
 * deploy/}{@code broker/target}, as in a built source tree; this JVM's own class path where it has
 * Kafka's server on it, as in tests.
 */
final class BrokerClassPath {
  static final String JAR_PROPERTY = "pkgslo.broker.jar";

  private static final String SERVER_CLASS = "/kafka/server/KafkaRaftServer.class";

  private BrokerClassPath() {}

  /**
   * Java arguments that name the class path and the main class.
   *
   * @throws BrokerException if the broker is not found anywhere
   */
  static List<String> javaArguments() {
    List<Path> tried = new ArrayList<>();
    String named = System.getProperty(JAR_PROPERTY);
    if (named != null) {
      Path jar = Path.of(named);
      if (Files.isRegularFile(jar)) {
        return List.of("-jar", jar.toString());
      }
      tried.add(jar);
    }
    if (BrokerClassPath.class.getResource(SERVER_CLASS) != null) {
      return List.of("-cp", System.getProperty("java.class.path"), BrokerMain.class.getName());
    }
    Path home = codeLocation();
    for (Path folder = home; folder != null; folder = folder.getParent()) {
      for (String place : List.of("broker/broker.jar", "deploy/broker/target/broker.jar")) {
        Path jar = folder.resolve(place);
        if (Files.isRegularFile(jar)) {
          return List.of("-jar", jar.toString());
        }
      }
    }
    throw new BrokerException(
        "Kafka's server was not found: no broker/broker.jar in a folder above "
            + home
            + (tried.isEmpty() ? "" : ", nor " + tried)
            + "; build it with mvn package, or name it with -D"
            + JAR_PROPERTY);
  }

  private static @Nullable Path codeLocation() {
    CodeSource source = BrokerClassPath.class.getProtectionDomain().getCodeSource();
    try {
      return source == null || source.getLocation() == null
          ? null
          : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
