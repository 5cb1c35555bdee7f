// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.testcontainers.utility.DockerImageName;

/** The images that docker-compose.yml runs: Kafka's, and ours, built as it builds them. */
final class ServiceImages {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  private ServiceImages() {}

  /** Apache's image; -Dpkgslo.test.kafka-image names another one that can do the same. */
  static DockerImageName kafka() throws IOException {
    String image = System.getProperty("pkgslo.test.kafka-image", inCompose("apache/kafka"));
    return DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka");
  }

  /**
   * Builds the image of one service from this checkout. The first build takes minutes, because
   * Maven runs in it; the others find its stage in the engine's cache.
   *
   * @return the image's name
   */
  static DockerImageName build(String service) throws IOException, InterruptedException {
    String image = inCompose("pkgslo/" + service);
    Path log = Files.createTempFile("docker-build-" + service, ".log");
    List<String> command =
        List.of(
            "docker",
            "build",
            "--build-arg",
            "SERVICE=" + service,
            "--file",
            "deploy/docker/Dockerfile",
            "--tag",
            image,
            ".");
    int code =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with " + code + ":\n" + Files.readString(log));
    }
    Files.delete(log);
    return DockerImageName.parse(image);
  }

  private static String inCompose(String name) throws IOException {
    String compose = Files.readString(ROOT.resolve("docker-compose.yml"), StandardCharsets.UTF_8);
    return Arrays.stream(compose.split("\n"))
        .map(String::strip)
        .filter(line -> line.startsWith("image: " + name + ":"))
        .map(line -> line.substring("image: ".length()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("docker-compose.yml has no image " + name));
  }
}
