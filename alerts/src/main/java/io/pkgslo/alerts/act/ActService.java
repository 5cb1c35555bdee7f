// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.act;

import io.pkgslo.alerts.gate.alertmanager.FiringAlerts;
import io.pkgslo.platform.KafkaSettings;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The stage act from top to bottom. {@link #start} once, {@link #close} once. */
public final class ActService implements AutoCloseable {
  private final DeadLetterStore deadLetters;
  private final ToldStore told;
  private final ExecutorService threads;
  private final VerdictConsumer consumer;

  /**
   * @param group consumer group, the same for all instances
   */
  public ActService(
      ActSettings settings,
      KafkaSettings kafka,
      String group,
      FiringAlerts alerts,
      ActMeters meters,
      Clock clock) {
    this.deadLetters = new DeadLetterStore(kafka);
    this.told = new ToldStore(kafka, meters.records());
    this.threads = Executors.newCachedThreadPool(ActService::daemon);
    Actuator actuator =
        new Actuator(
            new Restraint(settings.coolDown(), settings.changesPerHour(), clock),
            new Notices(settings, alerts),
            new WebhookSender(settings, clock, pause -> Thread.sleep(pause.toMillis())),
            deadLetters,
            meters,
            threads,
            settings.dryRun());
    this.consumer = new VerdictConsumer(kafka, group, actuator, told, meters.records());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "pkgslo-act-delivery");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to tell; the topics must exist, and nothing should be judged yet. */
  public void start() {
    consumer.start();
  }

  /** Why nobody is told any more; null while all is well. */
  public @Nullable String failure() {
    return consumer.failure();
  }

  @Override
  public void close() {
    consumer.close();
    threads.shutdownNow();
    deadLetters.close();
    told.close();
  }
}
