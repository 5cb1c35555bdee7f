// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import io.pkgslo.model.FixedPoint;
import io.pkgslo.model.SpanTraits;
import io.pkgslo.model.wire.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names under which SERVER and CONSUMER spans were called. Who calls such a name calls somebody
 * whose spans reach us, so that a call without any of them has lost its context; of all others
 * nothing can be said.
 *
 * <p>At most {@value #LIMIT} names; the one that answered longest ago goes first. Mutable,
 * single-threaded.
 */
final class PeerBook {
  private static final int LIMIT = 1 << 14;
  private static final String SERVICE = "service:";

  /** Sampling weights by powers of two: whoever keeps fewer spans than the caller may miss some. */
  private static final int WEIGHTS = 40;

  /** Who answered to one name, and when. */
  private static final class Answers {
    /** When a span of a weight came last. */
    private final int[] lastSecond = new int[WEIGHTS];

    /** The two services that answered last, the latest first. */
    private String service = "";

    private int second;
    private int otherSecond;

    void add(String by, long weight, int at) {
      int slot = slot(weight);
      lastSecond[slot] = Math.max(lastSecond[slot], at);
      if (!by.equals(service)) {
        otherSecond = second;
        service = by;
      }
      second = Math.max(second, at);
    }

    /** True if one service alone answers to the name, and keeps what its caller keeps. */
    boolean isOneOf(long weight, int fromSecond) {
      if (otherSecond >= fromSecond) {
        return false;
      }
      for (int slot = slot(weight); slot >= 0; slot--) {
        if (lastSecond[slot] >= fromSecond) {
          return true;
        }
      }
      return false;
    }

    private static int slot(long weight) {
      int power = Long.SIZE - Long.numberOfLeadingZeros(weight / FixedPoint.ONE);
      return Math.min(power, WEIGHTS - 1);
    }
  }

  /** In the order in which they answered last. */
  private final Map<String, Answers> byName = new LinkedHashMap<>();

  /** Notes who answers in a block. */
  void see(SpanColumns block, Origin[] originOf, int second) {
    @Nullable Answers[] ofPeer = new Answers[block.peerCount()];
    @Nullable Answers[] ofOrigin = new Answers[originOf.length];
    boolean named = block.namesPeers();
    for (int row = 0; row < block.rows(); row++) {
      if (!answers(block, row)) {
        continue;
      }
      int origin = block.originIndex(row);
      String service = nameOf(originOf[origin]);
      long weight = block.weight(row);
      Answers byService = ofOrigin[origin];
      if (byService == null) {
        byService = renewed(SERVICE + service);
        ofOrigin[origin] = byService;
      }
      byService.add(service, weight, second);
      int peer = named ? block.peerIndex(row) : 0;
      if (peer > 0) {
        Answers byPeer = ofPeer[peer];
        if (byPeer == null) {
          byPeer = renewed(block.peer(peer));
          ofPeer[peer] = byPeer;
        }
        // Several groups may consume a queue, and each of them continues the trace.
        boolean consumer = SpanTraits.kind(block.traits(row)) == SpanTraits.KIND_CONSUMER;
        byPeer.add(consumer ? "" : service, weight, second);
      }
    }
  }

  private Answers renewed(String name) {
    Answers known = byName.remove(name);
    if (known == null && byName.size() >= LIMIT) {
      byName.remove(byName.keySet().iterator().next());
    }
    Answers answers = known == null ? new Answers() : known;
    byName.put(name, answers);
    return answers;
  }

  /**
   * SERVER spans, root or not: they were called. CONSUMER spans only as children: most consumers
   * link to what they consume, and then a message without a child has lost nothing.
   */
  private static boolean answers(SpanColumns block, int row) {
    int traits = block.traits(row);
    if (SpanTraits.has(traits, SpanTraits.WEIGHT_UNKNOWN)) {
      return false;
    }
    return switch (SpanTraits.kind(traits)) {
      case SpanTraits.KIND_SERVER -> true;
      case SpanTraits.KIND_CONSUMER -> block.parentId(row) != 0;
      default -> false;
    };
  }

  /** Name of a service without its namespace: stages and regions run the same one. */
  private static String nameOf(Origin origin) {
    String service = origin.getService();
    return service.substring(service.indexOf('/') + 1);
  }

  /**
   * True if a name is one of exactly one service whose spans reach us. Several services behind one
   * name are a gateway's: which of them is called, and whether it is one of ours, is not known.
   *
   * @param weight the caller's, in units of 2^-20
   * @param fromSecond who answered before is forgotten
   */
  boolean isOurs(@Nullable String name, long weight, int fromSecond) {
    if (name == null || name.isEmpty()) {
      return false;
    }
    Answers answers = byName.get(withoutNamespace(name));
    return answers != null && answers.isOneOf(weight, fromSecond);
  }

  private static String withoutNamespace(String name) {
    int slash = name.startsWith(SERVICE) ? name.indexOf('/') : -1;
    return slash < 0 ? name : SERVICE + name.substring(slash + 1);
  }
}
