// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Context;
import io.pkgslo.alerts.judge.JudgeState;
import io.pkgslo.alerts.judge.Look;
import io.pkgslo.alerts.judge.LookFacts;
import io.pkgslo.alerts.judge.Opening;
import io.pkgslo.alerts.judge.SeriesKey;
import io.pkgslo.alerts.judge.SeriesLook;
import io.pkgslo.alerts.judge.Sli;
import io.pkgslo.alerts.judge.Verdict;
import io.pkgslo.alerts.ledger.CanonicalJson;
import io.pkgslo.model.wire.ProcessShare;
import io.pkgslo.model.wire.SliBucket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The running A/A check: alpha is a promise that rests on assumptions (events that come one by one
 * after tempering, arms that are exchangeable), and this measures what becomes of it. For each
 * service, every fifth pod of the version with most calls plays a canary against the others, is
 * judged as a rollout would be for {@value #LOOKS} looks, and nobody is told. All of these are
 * innocent, so the share of trials that end in rollback is the false-rollback rate. Which pod plays
 * what depends on its name and the number of the trial, never on what it does. For one thread.
 */
final class AaCheckStore {
  static final int LOOKS = 60;

  private static final int FORMAT = 1;
  private static final int MIN_PODS = 4;
  private static final int PODS_PER_CANARY = 5;

  /** The state of a trial is stored with each minute: the busiest packages stand for all. */
  private static final int MAX_PACKAGES = 10;

  private static final long STABLE_MILLIS = 10 * ServiceMinute.LENGTH_MILLIS;

  private final RolloutRules rules;
  private final OpeningBuilder openings;
  private final KeyValueStore<String, byte[]> store;
  private final JudgeCounters counters;

  AaCheckStore(RolloutRules rules, KeyValueStore<String, byte[]> store, JudgeCounters counters) {
    this.rules = rules;
    this.openings = new OpeningBuilder(rules.objectives());
    this.store = store;
    this.counters = counters;
  }

  /**
   * @param nextRound number of the next trial
   * @param trial null between two of them
   */
  private record Stored(int format, long nextRound, @Nullable AaTrial trial) {}

  /**
   * One minute more.
   *
   * @param service as it was before the minute
   */
  void next(ServiceState service, ServiceMinute minute) {
    if (!rules.settings().aaCheck() || minute.buckets().isEmpty()) {
      return;
    }
    Stored known = read(service.service());
    AaTrial trial = known.trial();
    if (trial == null) {
      AaTrial opened = opened(service, minute, known.nextRound());
      if (opened != null) {
        write(service.service(), new Stored(FORMAT, known.nextRound() + 1, opened));
      }
      return;
    }
    write(
        service.service(),
        new Stored(FORMAT, known.nextRound(), continued(service, trial, minute)));
  }

  private @Nullable AaTrial opened(ServiceState service, ServiceMinute minute, long round) {
    Set<String> running = VersionHistory.running(service, minute.startMillis());
    String version = VersionHistory.baseline(service, running);
    if (version == null || stablePods(minute, version).size() < MIN_PODS) {
      return null;
    }
    Archives archives = new Archives(service.archives());
    ArmSelector side = ArmSelector.ofVersion(version);
    Opening all =
        openings.open(service.service(), side, side, Opening.Control.CONCURRENT, archives);
    Set<String> busiest = busiest(archives.sums(side));
    List<SeriesKey> series =
        all.series().stream()
            .filter(key -> busiest.contains(key.goPackage()))
            .filter(key -> key.sli().kind() != Sli.Kind.INIT_LATENCY)
            .toList();
    return series.isEmpty()
        ? null
        : AaTrial.opened(
            round,
            version,
            minute.startMillis(),
            rules.settings().judge(),
            Opening.of(version + " (some pods)", version + " (the others)", series));
  }

  private static Set<String> busiest(Map<String, PackageSums> sums) {
    return sums.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, PackageSums> e) -> -e.getValue().calls())
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .limit(MAX_PACKAGES)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Null when the trial has ended. One whose version is gone, or has too few pods, counts not. */
  private @Nullable AaTrial continued(ServiceState service, AaTrial trial, ServiceMinute minute) {
    List<String> pods = stablePods(minute, trial.version());
    if (pods.size() < MIN_PODS) {
      return null;
    }
    JudgeState state = trial.judgeOf().next(trial.judge(), look(service, trial, minute, pods));
    AaTrial next = trial.with(state);
    Verdict verdict = trial.judgeOf().decide(state, Context.CLEAR).verdict();
    if (verdict == Verdict.ROLLBACK) {
      counters.aaCheck(true);
      return null;
    }
    if (state.looks() >= LOOKS) {
      counters.aaCheck(false);
      return null;
    }
    return next;
  }

  private static Look look(
      ServiceState service, AaTrial trial, ServiceMinute minute, List<String> pods) {
    Set<String> canaries = dealt(pods, trial.round());
    Set<String> others = new HashSet<>(pods);
    others.removeAll(canaries);
    Map<String, PackageSums> ofCanary = sums(minute, trial.version(), canaries);
    Map<String, PackageSums> ofOthers = sums(minute, trial.version(), others);
    Map<String, PackageSums> before =
        new Archives(service.archives()).sums(ArmSelector.ofVersion(trial.version()));
    List<SeriesLook> series = new ArrayList<>();
    for (SeriesKey key : trial.opening().series()) {
      PackageSums x = ofCanary.getOrDefault(key.goPackage(), PackageSums.NONE);
      PackageSums y = ofOthers.getOrDefault(key.goPackage(), PackageSums.NONE);
      PackageSums past = before.getOrDefault(key.goPackage(), PackageSums.NONE);
      series.add(new SeriesLook(key, OpeningBuilder.counts(key.sli(), x, y, past)));
    }
    return new Look(
        TimeUnit.MILLISECONDS.toNanos(minute.startMillis()),
        series,
        LookFacts.UNKNOWN.withPods(canaries.size(), others.size()));
  }

  private static Map<String, PackageSums> sums(
      ServiceMinute minute, String version, Set<String> pods) {
    Map<String, PackageSums> sums = new TreeMap<>();
    for (SliBucket bucket : minute.buckets()) {
      if (bucket.getVersion().equals(version)) {
        for (ProcessShare share : bucket.getProcessList()) {
          if (pods.contains(share.getProcess())) {
            sums.merge(bucket.getPackage(), PackageSums.of(share), PackageSums::plus);
          }
        }
      }
    }
    return sums;
  }

  /** Processes of a version that have run for a while. */
  private static List<String> stablePods(ServiceMinute minute, String version) {
    Map<String, Long> firstSeen = new TreeMap<>();
    for (SliBucket bucket : minute.buckets()) {
      if (bucket.getVersion().equals(version)) {
        for (ProcessShare share : bucket.getProcessList()) {
          firstSeen.merge(share.getProcess(), share.getFirstSeenEpochMillis(), Math::min);
        }
      }
    }
    firstSeen.values().removeIf(seen -> seen > minute.startMillis() - STABLE_MILLIS);
    return List.copyOf(firstSeen.keySet());
  }

  /** Those that play the canary: every fifth, at least two. */
  static Set<String> dealt(List<String> pods, long round) {
    int canaries = Math.max(2, pods.size() / PODS_PER_CANARY);
    return pods.stream()
        .sorted(Comparator.comparing((String pod) -> card(pod, round)))
        .limit(canaries)
        .collect(Collectors.toSet());
  }

  private static String card(String pod, long round) {
    byte[] name = (round + "/" + pod).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }

  private Stored read(String service) {
    byte[] stored = store.get(service);
    if (stored == null) {
      return new Stored(FORMAT, 0, null);
    }
    Stored read = CanonicalJson.readStored(stored, Stored.class);
    return read.format() == FORMAT ? read : new Stored(FORMAT, 0, null);
  }

  private void write(String service, Stored stored) {
    store.put(service, CanonicalJson.text(stored).getBytes(StandardCharsets.UTF_8));
  }
}
