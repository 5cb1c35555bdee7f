// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The index beside a map that is searched from end to end. */
class SpanIndexTest {
  private static final int LIMIT = 3_000;
  private static final Origin ORIGIN = TestSpans.origin("shop", "pod:1/app");

  private record Key(long trace, long span) {}

  private record Known(long parent, int second) {}

  /** In the order in which they were seen last. */
  private final LinkedHashMap<Key, Known> model = new LinkedHashMap<>();

  private final SpanIndex index = new SpanIndex(LIMIT);

  /** What repeats a run; named by whatever fails. */
  private String run = "no seed";

  private long forgottenEarly;

  private static SpanColumns span(Key key, long parent) {
    SpanBlock block =
        SpanBlock.newBuilder()
            .addTraceIdHigh(key.trace() % 3)
            .addTraceIdLow(key.trace())
            .addSpanId(key.span())
            .addParentSpanId(parent)
            .addTraits(0)
            .addEndEpochNanos(key.span() + 10)
            .addDurationNanos(10)
            .build();
    return SpanFacts.of(block).spans();
  }

  private void see(Key key, long parent, int second) {
    int slot = index.see(span(key, parent), 0, ORIGIN, "p" + key.span(), second);
    assertThat(index.spanId(slot)).as(run).isEqualTo(key.span());
    Known known = model.remove(key);
    model.put(key, known == null ? new Known(parent, second) : new Known(known.parent(), second));
    if (model.size() > LIMIT) {
      model.remove(model.keySet().iterator().next());
      forgottenEarly++;
    }
  }

  private int find(Key key, int fromSecond) {
    return index.find(key.trace() % 3, key.trace(), key.span(), fromSecond);
  }

  private void compare(Key key, int fromSecond) {
    Known known = model.get(key);
    int slot = find(key, fromSecond);
    if (known == null || known.second() < fromSecond) {
      assertThat(slot).as("%s, %s since %d", run, key, fromSecond).isEqualTo(SpanIndex.NONE);
      return;
    }
    assertThat(index.spanId(slot)).as(run).isEqualTo(key.span());
    assertThat(index.startNanos(slot)).as(run).isEqualTo(key.span());
    assertThat(index.spokenPackage(slot)).as(run).isEqualTo("p" + key.span());
    assertThat(index.findByLow(key.trace(), key.span(), fromSecond)).as(run).isEqualTo(slot);
    int parent = index.parent(slot, fromSecond);
    Known knownParent = model.get(new Key(key.trace(), known.parent()));
    boolean hasParent = knownParent != null && knownParent.second() >= fromSecond;
    assertThat(parent != SpanIndex.NONE).as("%s, parent of %s", run, key).isEqualTo(hasParent);
    assertThat(childrenOf(slot, fromSecond)).as(run).isEqualTo(modelledChildren(key, fromSecond));
  }

  private List<Long> childrenOf(int slot, int fromSecond) {
    List<Long> children = new ArrayList<>();
    int child = index.firstChild(slot, fromSecond);
    for (; child != SpanIndex.NONE; child = index.nextChild(slot, child, fromSecond)) {
      children.add(index.spanId(child));
    }
    children.sort(null);
    return children;
  }

  private List<Long> modelledChildren(Key parent, int fromSecond) {
    TreeSet<Long> children = new TreeSet<>();
    for (Map.Entry<Key, Known> entry : model.entrySet()) {
      if (entry.getKey().trace() == parent.trace()
          && entry.getValue().parent() == parent.span()
          && entry.getValue().second() >= fromSecond) {
        children.add(entry.getKey().span());
      }
    }
    return List.copyOf(children);
  }

  @Test
  void relatives_areFoundAsByASearch_inSmallTracesAndLargeOnes() {
    long seed = Long.getLong("pkgslo.test.seed", new Random().nextLong());
    Random random = new Random(seed);
    run = "-Dpkgslo.test.seed=" + seed;
    int second = 1;
    List<Key> asked = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      // Trace 1 is large, so are a few others now and then.
      long trace = random.nextInt(4) == 0 ? 1 : 2 + random.nextInt(1_000);
      Key key = new Key(trace, 1 + random.nextInt(trace == 1 ? 2_000 : 12));
      see(key, random.nextInt(trace == 1 ? 50 : 12), second);
      asked.add(key);
      if (random.nextInt(50) == 0) {
        second++;
      }
      if (random.nextInt(200) == 0) {
        int before = second - 1 - random.nextInt(60);
        index.forgetBefore(before);
        model.values().removeIf(known -> known.second() < before);
      }
      if (step % 20 == 0) {
        compare(asked.get(random.nextInt(asked.size())), second - random.nextInt(60));
        assertThat(index.size()).as(run).isEqualTo(model.size());
      }
    }
    assertThat(index.takeForgottenEarly()).as(run).isEqualTo(forgottenEarly);
    for (Key key : model.keySet().stream().limit(500).toList()) {
      compare(key, 0);
    }
  }

  @Test
  void traceOfManySpans_keepsItsRelatives_whenItIsForgottenPieceByPiece() {
    int spans = 10 * SpanIndex.MAX_LISTED;
    for (int span = 1; span <= spans; span++) {
      see(new Key(7, span), span - 1, span);
    }
    for (int before = 1; before <= spans; before += 37) {
      index.forgetBefore(before);
      int oldest = before;
      model.values().removeIf(known -> known.second() < oldest);
      for (int span = 1; span <= spans; span += 11) {
        compare(new Key(7, span), 0);
      }
    }
    index.forgetBefore(spans + 1);
    assertThat(index.size()).isZero();
    assertThat(find(new Key(7, spans), 0)).isEqualTo(SpanIndex.NONE);
  }

  @Test
  void slotOfASpanThatIsGone_isNotTakenForIt() {
    int slot = index.see(span(new Key(7, 1), 0), 0, ORIGIN, null, 1);
    assertThat(index.findAgain(slot, 1, 7, 1)).isEqualTo(slot);
    index.forgetBefore(2);
    assertThat(index.findAgain(slot, 1, 7, 1)).isEqualTo(SpanIndex.NONE);
  }

  /** Its identity was forgotten, but something younger keeps the index from forgetting it. */
  @Test
  void spanThatIsHereTwice_isTheLaterOne() {
    Key parent = new Key(7, 1);
    Key child = new Key(7, 2);
    index.add(span(parent, 0), 0, ORIGIN, null, 10);
    int childSlot = index.add(span(child, 1), 0, ORIGIN, null, 100);
    int later = index.add(span(parent, 0), 0, ORIGIN, null, 100);
    assertThat(find(parent, 50)).isEqualTo(later);
    assertThat(index.findByLow(7, 1, 0)).isEqualTo(later);
    assertThat(index.parent(childSlot, 50)).isEqualTo(later);
    assertThat(childrenOf(later, 50)).containsExactly(2L);
  }
}
