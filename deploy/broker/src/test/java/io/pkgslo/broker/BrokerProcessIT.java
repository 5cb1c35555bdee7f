// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pkgslo.testing.NothingReceived;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NothingReceived("the broker alone: no part of pkgslo reads from it")
class BrokerProcessIT {
  @TempDir Path dir;

  /** What was acknowledged before a kill -9 is there after it, on the same port. */
  @Test
  void child_killedAndRestarted_keepsPortAndData() throws Exception {
    String address;
    try (BrokerProcess broker = BrokerProcess.start(dir, 0)) {
      address = broker.bootstrapServers();
      TopicCreation.create(address, "t", 1, Map.of());
      TestClients.writeCommitted(address, "t", List.of("a", "b"));
      ProcessHandle child = ProcessHandle.of(broker.pid()).orElseThrow();
      child.destroyForcibly();
      child.onExit().get(10, TimeUnit.SECONDS);
      assertThat(broker.isAlive()).isFalse();
    }
    try (BrokerProcess broker = BrokerProcess.start(dir, 0)) {
      assertThat(broker.bootstrapServers()).isEqualTo(address);

      assertThat(TestClients.readCommitted(address, "t", 2)).containsExactly("a", "b");
    }
  }

  /** A SIGKILLed standalone leaves no broker that would keep its directory. */
  @Test
  void parent_killed_takesItsBrokerAlong() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ProcessHandle child;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      child = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
    }
    parent.destroyForcibly();

    // At once, while the orphan is still stopping: the successor waits for the directory.
    try (BrokerProcess successor = BrokerProcess.start(dir, 0)) {
      assertThat(successor.isAlive()).isTrue();
      child.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void close_stopsTheChildCleanly() throws Exception {
    BrokerProcess broker = BrokerProcess.start(dir, 0);
    broker.close();
    assertThat(broker.onExit().get(1, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void start_badSetting_saysWhatTheBrokerSaid() {
    assertThatThrownBy(() -> BrokerProcess.builder(dir).property("num.io.threads", "none").start())
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("num.io.threads");
  }

  /** A process that starts a broker, prints its id and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws InterruptedException {
      try (BrokerProcess broker = BrokerProcess.start(Path.of(args[0]), 0)) {
        System.out.println(broker.pid());
        Thread.sleep(60_000);
      }
    }
  }
}
