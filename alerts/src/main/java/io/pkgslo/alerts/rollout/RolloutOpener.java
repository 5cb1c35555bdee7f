// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.alerts.judge.Opening;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that there is a rollout, and fixes what it is tested for (reference: Rollouts).
 *
 * <p>A rollout opens in the minute in which a second version has calls within five minutes of the
 * first, or by a marker, or when a version that never had a call crashes in its initialisation
 * beside one that runs. Within one version, when calls with an attribute of the policy run beside
 * calls without it.
 */
final class RolloutOpener {
  /** Flagger's name of the workload that runs the former version. */
  private static final String PRIMARY_SUFFIX = "-primary";

  private static final long OVERLAP_MILLIS = 5 * ServiceMinute.LENGTH_MILLIS;
  private static final long RECENT_MILLIS = 10 * ServiceMinute.LENGTH_MILLIS;

  private final RolloutRules rules;
  private final OpeningBuilder openings;

  RolloutOpener(RolloutRules rules) {
    this.rules = rules;
    this.openings = new OpeningBuilder(rules.objectives());
  }

  /** Rollouts of versions that run beside the baseline and belong to no rollout yet. */
  List<RolloutState> discovered(ServiceState state, long minuteMillis) {
    Set<String> running = VersionHistory.running(state, minuteMillis);
    String baseline = VersionHistory.baseline(state, running);
    List<RolloutState> opened = byAttribute(state, minuteMillis);
    for (String version : running) {
      if (baseline != null && isCanary(state, version, baseline)) {
        opened.add(
            open(
                state,
                ArmSelector.ofVersion(version),
                ArmSelector.ofVersion(baseline),
                Course.opened(minuteMillis, true)));
      }
    }
    return opened;
  }

  /** Canaries of the baseline's own version, by the attributes that the policy names. */
  private List<RolloutState> byAttribute(ServiceState state, long minuteMillis) {
    List<RolloutState> opened = new ArrayList<>();
    Archives archives = new Archives(state.archives());
    for (CanaryAttribute mark : rules.settings().canaries()) {
      for (ArmSelector canary : archives.running(mark, minuteMillis - OVERLAP_MILLIS)) {
        String beside = archives.busiestOfItsVersion(canary, minuteMillis - OVERLAP_MILLIS);
        if (beside != null && isNew(state, canary, canary.likewise(beside))) {
          opened.add(
              open(state, canary, canary.likewise(beside), Course.opened(minuteMillis, true)));
        }
      }
    }
    return opened;
  }

  private static boolean isNew(ServiceState state, ArmSelector canary, ArmSelector baseline) {
    return state.rollouts().stream()
        .noneMatch(r -> r.canary().equals(canary) && (r.isOpen() || r.baseline().equals(baseline)));
  }

  /** The rollout of a version that crashes before its first call; null when it is none. */
  @Nullable RolloutState crashing(ServiceState state, String version, long millis) {
    long minute = Math.floorDiv(millis, ServiceMinute.LENGTH_MILLIS) * ServiceMinute.LENGTH_MILLIS;
    Set<String> running = VersionHistory.running(state, lastMinute(state, minute));
    String baseline = VersionHistory.baseline(state, running);
    if (baseline == null
        || version.equals(CrashRouterProcessor.UNKNOWN)
        || state.lastSeenMillis().containsKey(version)
        || !isCanary(state, version, baseline)) {
      return null;
    }
    return open(
        state,
        ArmSelector.ofVersion(version),
        ArmSelector.ofVersion(baseline),
        Course.opened(minute, false));
  }

  /** The newest minute with calls, unless it is long ago: what came after is not judged yet. */
  private static long lastMinute(ServiceState state, long minute) {
    return state.lastSeenMillis().values().stream()
        .mapToLong(Long::longValue)
        .filter(seen -> seen > minute - RECENT_MILLIS)
        .max()
        .orElse(minute);
  }

  /**
   * The rollout that a marker speaks of; null when there is nothing to compare with.
   *
   * @param millis start of the minute in which the marker came
   */
  @Nullable RolloutState marked(ServiceState state, Order order, long millis) {
    ArmSelector named = Objects.requireNonNull(order.canary());
    ArmSelector baseline = baselineOf(state, order, millis);
    if (baseline == null) {
      return null;
    }
    ArmSelector canary = sides(named, baseline);
    ArmSelector control = sides(baseline, named);
    boolean seen = new Archives(state.archives()).knows(canary);
    return open(state, canary, control, Course.opened(millis, seen));
  }

  /** What a marker compares its canary with; null when there is nothing. */
  @Nullable ArmSelector baselineOf(ServiceState state, Order order, long millis) {
    ArmSelector named = Objects.requireNonNull(order.canary());
    return order.baseline() == null ? baselineBeside(state, named, millis) : order.baseline();
  }

  /** Where the versions differ they say all: the rest may be unknown to the telemetry. */
  static ArmSelector sides(ArmSelector one, ArmSelector other) {
    String version = one.version();
    return version != null && other.version() != null && !version.equals(other.version())
        ? ArmSelector.ofVersion(version)
        : one;
  }

  private static @Nullable ArmSelector baselineBeside(
      ServiceState state, ArmSelector canary, long millis) {
    Archives archives = new Archives(state.archives());
    if (canary.workload() != null) {
      ArmSelector primary = new ArmSelector(null, canary.workload() + PRIMARY_SUFFIX, null, null);
      if (archives.knows(primary)) {
        return primary;
      }
    }
    Set<String> others = VersionHistory.running(state, lastMinute(state, millis));
    if (canary.version() != null) {
      others.remove(canary.version());
    }
    String version = VersionHistory.baseline(state, others);
    if (canary.version() != null && version != null && canary.attributes().isEmpty()) {
      return ArmSelector.ofVersion(version);
    }
    String arm = archives.busiestBeside(canary);
    return arm == null ? null : canary.likewise(arm);
  }

  /** An older version beside a newer one is a way back, not a canary. */
  private static boolean isCanary(ServiceState state, String version, String baseline) {
    return !version.equals(baseline)
        && VersionHistory.firstSeen(state, version) >= VersionHistory.firstSeen(state, baseline)
        && state.rollouts().stream()
            .noneMatch(r -> r.isOpen() ? hasSide(r, version) : isPair(r, version, baseline));
  }

  /** Closed ones of the same two versions reopen instead. */
  private static boolean isPair(RolloutState rollout, String version, String other) {
    return hasSide(rollout, version) && hasSide(rollout, other);
  }

  private static boolean hasSide(RolloutState rollout, String version) {
    return isSide(rollout.canary(), version) || isSide(rollout.baseline(), version);
  }

  private static boolean isSide(ArmSelector side, String version) {
    return side.attributes().isEmpty() && version.equals(side.version());
  }

  /** A rollout without any look. */
  RolloutState open(ServiceState state, ArmSelector canary, ArmSelector baseline, Course course) {
    Archives archives = new Archives(state.archives());
    boolean concurrent = isRunning(state, baseline, course.openedMillis());
    Opening.Control control = concurrent ? Opening.Control.CONCURRENT : Opening.Control.ARCHIVED;
    return RolloutState.opened(
        id(state.service(), canary, baseline, course.openedMillis()),
        canary,
        baseline,
        rules.settings().judge(),
        openings.open(state.service(), canary, baseline, control, archives),
        archives.minutes(baseline),
        course);
  }

  private static boolean isRunning(ServiceState state, ArmSelector side, long millis) {
    return !side.isVersionOnly()
        || VersionHistory.running(state, lastMinute(state, millis)).contains(side.version());
  }

  /** The same for every replay of the same minutes. */
  private static String id(
      String service, ArmSelector canary, ArmSelector baseline, long openedMillis) {
    String name =
        String.join("\n", service, canary.label(), baseline.label(), Long.toString(openedMillis));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
