// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What happens to the processes: each kind of fault in turn, in an order of the seed's. When a
 * fault is over, everything runs again.
 */
final class Havoc {
  /** Longer than a member of a consumer group may be silent, and than a transaction may last. */
  private static final int LONG_FREEZE_MILLIS = 11_000;

  private static final int SHORT_FREEZE_MILLIS = 4_000;

  private static final int LONGEST_PAUSE_MILLIS = 2_000;

  private final Cluster cluster;
  private final Random random;
  private final List<String> happened = new ArrayList<>();

  Havoc(Cluster cluster, long seed) {
    this.cluster = cluster;
    this.random = new Random(~seed);
  }

  private enum Fault {
    KILL_INGEST,
    FREEZE_INGEST,
    RESTART_INGEST,
    THIRD_INGEST,
    KILL_ANALYZER,
    FREEZE_ANALYZER,
    RESTART_ANALYZER,
    THIRD_ANALYZER,
    KILL_BROKER,
    RESTART_BROKER,
    FREEZE_BROKER,
    KILL_BOTH
  }

  /** Lets so many things happen, one after the other. */
  void run(int faults) throws Exception {
    List<Fault> next = new ArrayList<>();
    for (int i = 0; i < faults; i++) {
      if (next.isEmpty()) {
        next.addAll(List.of(Fault.values()));
        Collections.shuffle(next, random);
      }
      Fault fault = next.remove(0);
      System.out.println("chaos: " + fault);
      happened.add(fault.name());
      strike(fault);
      Thread.sleep(500 + random.nextInt(LONGEST_PAUSE_MILLIS));
    }
  }

  private void strike(Fault fault) throws Exception {
    switch (fault) {
      case KILL_INGEST -> kill(any(cluster.ingests()));
      case FREEZE_INGEST -> freeze(any(cluster.ingests()));
      case RESTART_INGEST -> restart(any(cluster.ingests()));
      case THIRD_INGEST -> joinAndLeave(cluster.ingests(), cluster.addIngest());
      case KILL_ANALYZER -> kill(any(cluster.analyzers()));
      case FREEZE_ANALYZER -> freeze(any(cluster.analyzers()));
      case RESTART_ANALYZER -> restart(any(cluster.analyzers()));
      case THIRD_ANALYZER -> joinAndLeave(cluster.analyzers(), cluster.addAnalyzer());
      case KILL_BROKER -> cluster.restartBroker(true);
      case RESTART_BROKER -> cluster.restartBroker(false);
      case FREEZE_BROKER -> cluster.freezeBroker(freeze());
      case KILL_BOTH -> {
        ServiceProcess ingest = any(cluster.ingests());
        ServiceProcess analyzer = any(cluster.analyzers());
        ingest.kill();
        analyzer.kill();
        ingest.start();
        analyzer.start();
      }
    }
  }

  private ServiceProcess any(List<ServiceProcess> processes) {
    return processes.get(random.nextInt(processes.size()));
  }

  private void kill(ServiceProcess process) throws Exception {
    process.kill();
    Thread.sleep(random.nextInt(2_000));
    process.start();
  }

  private void restart(ServiceProcess process) throws Exception {
    process.stop();
    process.start();
  }

  private void freeze(ServiceProcess process) throws Exception {
    process.freeze();
    Thread.sleep(freeze().toMillis());
    process.thaw();
  }

  private Duration freeze() {
    boolean isLong = random.nextBoolean();
    return Duration.ofMillis(
        isLong ? LONG_FREEZE_MILLIS : 1_000 + random.nextInt(SHORT_FREEZE_MILLIS));
  }

  /** The others give partitions to it, and get them back. */
  private void joinAndLeave(List<ServiceProcess> members, ServiceProcess third) throws Exception {
    third.start();
    Thread.sleep(5_000 + random.nextInt(5_000));
    members.remove(third);
    third.stop();
  }

  /** In the order in which it happened. */
  List<String> happened() {
    return happened;
  }
}
