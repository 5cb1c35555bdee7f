// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.model.wire.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one process, under all its names. Mutable, single-threaded. */
final class ProcessState {
  private static final String POD = "pod:";
  private static final List<String> KINDS =
      List.of(POD, "container:", "instance:", "host:", "service:");
  private static final Comparator<String> BY_PRECEDENCE =
      Comparator.comparingInt(ProcessState::precedence).thenComparing(Comparator.naturalOrder());
  private static final String STDOUT = "stdout";
  private static final int MAX_SETTLED = 1 << 11;
  private static final int MAX_STREAMS = 64;

  /** One sequence of lines; a restarted container has its own. */
  private record StreamKey(String process, String stream, int restart) {}

  private final List<String> names = new ArrayList<>();
  private final Map<StreamKey, LineStream> streams = new LinkedHashMap<>();
  private final Episodes episodes = new Episodes();
  private final InitRuns runs = new InitRuns();

  /** Reports that wait, and panics that counted a short while ago, in the order of arrival. */
  private final List<ProcessReport> reports = new ArrayList<>();

  private final Deque<PanicGroup> settled = new ArrayDeque<>();

  /** Whether a request that the process named is noted here and was not sent to its home. */
  private boolean requestNamedHere;

  private @Nullable Origin named;
  private long namedMillis = Long.MIN_VALUE;
  private long seenMillis = Long.MIN_VALUE;
  private @Nullable ProcessState mergedInto;

  ProcessState(String name) {
    names.add(name);
  }

  /** This one, or the one that it was merged into when both turned out to be one process. */
  ProcessState current() {
    ProcessState state = this;
    while (state.mergedInto != null) {
      state = state.mergedInto;
    }
    return state;
  }

  String name() {
    return names.get(0);
  }

  List<String> names() {
    return names;
  }

  /**
   * The name under which the whole process is at home, in the order of precedence of identities:
   * whoever knows two of its names finds the same one (reference: sli.md, Identities).
   */
  String homeName() {
    return Collections.min(names, BY_PRECEDENCE);
  }

  private static int precedence(String name) {
    String kind = name.substring(0, name.indexOf(':') + 1);
    int rank = KINDS.indexOf(kind);
    return rank < 0 ? KINDS.size() : rank;
  }

  Episodes episodes() {
    return episodes;
  }

  InitRuns runs() {
    return runs;
  }

  List<ProcessReport> reports() {
    return reports;
  }

  long seenMillis() {
    return seenMillis;
  }

  void seen(long millis) {
    seenMillis = Math.max(seenMillis, millis);
  }

  Collection<LineStream> streams() {
    return streams.values();
  }

  LineStream stream(Origin origin, String stream, BlamePolicy policy) {
    StreamKey key = new StreamKey(origin.getProcess(), stream, origin.getRestart());
    if (streams.size() >= MAX_STREAMS && !streams.containsKey(key)) {
      streams.values().removeIf(candidate -> candidate.held() == 0);
    }
    return streams.computeIfAbsent(
        key, k -> new LineStream(this, origin, isStdout(stream), policy));
  }

  private static boolean isStdout(String stream) {
    return stream.equals(STDOUT) || stream.startsWith(STDOUT + ":");
  }

  boolean isRequestNamedHere() {
    return requestNamedHere;
  }

  void requestNamedHere(boolean here) {
    requestNamedHere = here;
  }

  /** Notes service and version that a resource of this process names, if it does. */
  void learn(Origin origin, long millis) {
    if (origin.getService().isEmpty()) {
      return;
    }
    // The latest word counts; which of two of one time came first must not.
    if (named == null
        || millis > namedMillis
        || (millis == namedMillis && text(origin).compareTo(text(named)) < 0)) {
      named = origin;
      namedMillis = millis;
    }
  }

  private static String text(Origin origin) {
    return origin.getService() + '\0' + origin.getVersion() + '\0' + origin.getProcess();
  }

  /** Whether somebody has named the service of an origin: it, or its process. */
  boolean hasServiceOf(Origin origin) {
    return named != null || !origin.getService().isEmpty();
  }

  /**
   * An origin with a service and a version: its own, else those of its process, else the name of
   * its container, else {@code unknown}.
   */
  Origin name(Origin origin) {
    if (!origin.getService().isEmpty()) {
      return Origins.named(origin);
    }
    if (named != null) {
      return Origins.named(named);
    }
    String process = origin.getProcess();
    int slash = process.lastIndexOf('/');
    boolean container = process.startsWith(POD) && slash >= 0 && slash + 1 < process.length();
    return Origins.named(
        container ? origin.toBuilder().setService(process.substring(slash + 1)).build() : origin);
  }

  /** Panics whose reports arrived at or after a time; a report that joins one of them is late. */
  List<PanicGroup> settledFrom(long millis) {
    return settled.stream().filter(group -> group.settledMillis() >= millis).toList();
  }

  void addSettled(PanicGroup group) {
    settled.addLast(group);
    if (settled.size() > MAX_SETTLED) {
      settled.removeFirst();
    }
  }

  void forgetSettledBefore(long millis) {
    while (!settled.isEmpty() && settled.getFirst().settledMillis() < millis) {
      settled.removeFirst();
    }
  }

  /** Takes over everything from another state that turned out to be the same process. */
  void merge(ProcessState other) {
    Set<String> known = new HashSet<>(names);
    other.names.stream().filter(known::add).forEach(names::add);
    streams.putAll(other.streams);
    reports.addAll(other.reports);
    settled.addAll(other.settled);
    episodes.addAll(other.episodes);
    runs.addAll(other.runs);
    requestNamedHere |= other.requestNamedHere;
    seen(other.seenMillis);
    if (other.named != null) {
      learn(other.named, other.namedMillis);
    }
    other.mergedInto = this;
  }
}
