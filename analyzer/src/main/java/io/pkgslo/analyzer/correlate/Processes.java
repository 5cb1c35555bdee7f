// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The processes that are known, by any of their names. At most a limit of them; the one that was
 * seen longest ago goes first. Mutable, single-threaded.
 */
final class Processes {
  private static final int MAX_NAMES = 16;

  private final int limit;
  private final Map<String, ProcessState> byName = new HashMap<>();

  /** In the order in which they were seen last. */
  private final LinkedHashSet<ProcessState> byAge = new LinkedHashSet<>();

  Processes(int limit) {
    this.limit = limit;
  }

  /** The process of this name, which is seen now. */
  ProcessState seen(String name, long millis) {
    ProcessState state = byName.computeIfAbsent(name, ProcessState::new);
    touch(state, millis);
    return state;
  }

  private void touch(ProcessState state, long millis) {
    state.seen(millis);
    byAge.remove(state);
    byAge.add(state);
  }

  /** Notes that all these names are of one process. */
  ProcessState link(List<String> names, long millis) {
    ProcessState state = null;
    for (String name : names.subList(0, Math.min(names.size(), MAX_NAMES))) {
      ProcessState known = byName.get(name);
      if (known != null && state == null) {
        state = known;
      }
    }
    ProcessState one = state == null ? new ProcessState(names.get(0)) : state;
    for (String name : names.subList(0, Math.min(names.size(), MAX_NAMES))) {
      join(one, name);
    }
    touch(one, millis);
    return one;
  }

  private void join(ProcessState one, String name) {
    ProcessState known = byName.get(name);
    if (known == one) {
      return;
    }
    ProcessState other = known == null ? new ProcessState(name) : known;
    one.merge(other);
    byAge.remove(other);
    for (String joined : other.names()) {
      byName.put(joined, one);
    }
  }

  /** Removes and returns the process that was seen longest ago while there are too many. */
  @Nullable ProcessState pollExcess() {
    if (byAge.size() <= limit) {
      return null;
    }
    ProcessState oldest = byAge.iterator().next();
    remove(oldest);
    return oldest;
  }

  /** Those that were last seen before a time, as far as nothing younger is in the way. */
  List<ProcessState> seenBefore(long millis) {
    List<ProcessState> found = new ArrayList<>();
    Iterator<ProcessState> oldestFirst = byAge.iterator();
    while (oldestFirst.hasNext()) {
      ProcessState state = oldestFirst.next();
      if (state.seenMillis() >= millis) {
        break;
      }
      found.add(state);
    }
    return found;
  }

  void remove(ProcessState state) {
    byAge.remove(state);
    for (String name : state.names()) {
      byName.remove(name, state);
    }
  }

  int size() {
    return byAge.size();
  }
}
