// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.ingest.attribute.ProcessOrigin;
import io.pkgslo.ingest.attribute.TestFacts;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.LogBlock;
import io.pkgslo.model.wire.PanicReport;
import io.pkgslo.model.wire.ProcessBlock;
import io.pkgslo.model.wire.ProcessLine;
import io.pkgslo.model.wire.Progress;
import io.pkgslo.model.wire.Selection;
import io.pkgslo.model.wire.SelectionSet;
import io.pkgslo.model.wire.SpanBlock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class FactBuffersTest {
  private static final int LIMIT = 1_000_000;
  private static final ProcessOrigin ORIGIN = origin("instance:1", List.of());
  private static final ProgressReport NO_PROGRESS = new ProgressReport(List.of());

  private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();

  private static ProcessOrigin origin(String process, List<String> aliases) {
    return new ProcessOrigin("checkout", "v1", "v1", process, aliases, 5, 2);
  }

  private List<SpanBlock> spanBlocks(FactBuffers buffers, ProgressReport progress)
      throws InvalidProtocolBufferException {
    buffers.write(17, progress, sent::add);
    List<SpanBlock> blocks = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : sent) {
      assertThat(record.value().length).isLessThan(LIMIT);
      assertThat(record.key()).isNull();
      assertThat(record.timestamp()).isEqualTo(17);
      if (record.topic().equals(Topics.SPANS)) {
        blocks.add(SpanBlock.parseFrom(record.value()));
      }
    }
    return blocks;
  }

  private static Progress progress(String topic) {
    return Progress.newBuilder()
        .setTopic(topic)
        .setPartition(1)
        .setPartitions(4)
        .setThroughMillis(99)
        .build();
  }

  @Test
  void spans_keepTheirOrderAndShareDictionaries() throws InvalidProtocolBufferException {
    FactBuffers buffers = new FactBuffers(1);
    ProcessOrigin other = origin("instance:2", List.of());
    for (int i = 0; i < 6; i++) {
      buffers.span(TestFacts.span(i, i % 2 == 0 ? ORIGIN : other, i % 3 == 0 ? "" : "p" + i % 3));
    }
    SpanBlock block = spanBlocks(buffers, NO_PROGRESS).get(0);
    assertThat(block.getOriginCount()).isEqualTo(2);
    assertThat(block.getPackageList()).containsExactly("", "p1", "p2");
    assertThat(block.getSpanIdList()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(block.getOriginIndexList()).containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(block.getPackageIndexList()).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(block.getOrigin(1).getProcess()).isEqualTo("instance:2");
    assertThat(block.getOrigin(1).getProcessStartNanos()).isEqualTo(5);
    assertThat(block.getOrigin(1).getRestart()).isEqualTo(2);
  }

  /** Two columns more where somebody is named, and not a byte where nobody is. */
  @Test
  void peers_areADictionary_orAbsent() throws InvalidProtocolBufferException {
    FactBuffers buffers = new FactBuffers(1);
    buffers.span(TestFacts.span(1, ORIGIN, "p1"));
    SpanBlock without = spanBlocks(buffers, NO_PROGRESS).get(0);
    assertThat(without.getPeerList()).isEmpty();
    assertThat(without.getPeerIndexList()).isEmpty();
    sent.clear();
    buffers.span(TestFacts.call(2, ORIGIN, "host:cart"));
    buffers.span(TestFacts.call(3, ORIGIN, "host:db:5432"));
    buffers.span(TestFacts.call(4, ORIGIN, "host:cart"));
    SpanBlock with = spanBlocks(buffers, NO_PROGRESS).get(0);
    assertThat(with.getPeerList()).containsExactly("", "host:cart", "host:db:5432");
    assertThat(with.getPeerIndexList()).containsExactly(0, 1, 2, 1);
  }

  @Test
  void manySpans_arePartedIntoBoundedBlocks_withProgressInTheLast()
      throws InvalidProtocolBufferException {
    FactBuffers buffers = new FactBuffers(1);
    for (int i = 0; i < 30_000; i++) {
      buffers.span(TestFacts.span(i, origin("instance:" + i, List.of()), "package/" + i));
      if (i % 1_000 == 0) {
        buffers.panicOfSpan(PanicReport.newBuilder().setStack("s".repeat(8_000)));
      }
    }
    List<SpanBlock> blocks =
        spanBlocks(buffers, new ProgressReport(List.of(progress(Topics.OTLP_SPANS))));
    assertThat(blocks.size()).isGreaterThan(3);
    Set<Long> ids = new HashSet<>();
    int panics = 0;
    for (SpanBlock block : blocks) {
      assertThat(block.getPackage(0)).isEmpty();
      for (int i = 0; i < block.getSpanIdCount(); i++) {
        long id = block.getSpanId(i);
        ids.add(id);
        assertThat(block.getPackage(block.getPackageIndex(i))).isEqualTo("package/" + id);
        assertThat(block.getOrigin(block.getOriginIndex(i)).getProcess())
            .isEqualTo("instance:" + id);
      }
      for (PanicReport panic : block.getPanicList()) {
        panics++;
        assertThat(panic.getOrigin())
            .isEqualTo(block.getOrigin(block.getOriginIndex(panic.getSpanIndex())));
      }
      boolean last = block == blocks.get(blocks.size() - 1);
      assertThat(block.getProgressCount()).isEqualTo(last ? 1 : 0);
    }
    assertThat(ids).hasSize(30_000);
    assertThat(panics).isEqualTo(30);
  }

  @Test
  void fullBlocks_goBeforeTheOthers_andNoSpanGoesTwice() throws InvalidProtocolBufferException {
    FactBuffers buffers = new FactBuffers(1);
    List<Long> expected = new ArrayList<>();
    for (int transaction = 0; transaction < 2; transaction++) {
      for (long i = 0; i < 30_000; i++) {
        long id = transaction * 100_000L + i;
        buffers.span(TestFacts.span(id, ORIGIN, "package/" + id));
        expected.add(id);
        if (i == 100) {
          int before = sent.size();
          buffers.writeFull(17, sent::add);
          assertThat(sent).as("blocks that were not full").hasSize(before);
        } else if (i % 300 == 0) {
          buffers.writeFull(17, sent::add);
        }
      }
      assertThat(sent).as("blocks on their way").hasSizeGreaterThan(3 * (transaction + 1));
      spanBlocks(buffers, new ProgressReport(List.of(progress(Topics.OTLP_SPANS))));
      buffers.clear();
    }
    List<SpanBlock> blocks = spanBlocks(buffers, NO_PROGRESS);
    assertThat(blocks.stream().flatMap(block -> block.getSpanIdList().stream()).toList())
        .isEqualTo(expected);
    assertThat(blocks.stream().mapToInt(SpanBlock::getProgressCount).sum()).isEqualTo(2);
    assertThat(blocks.get(blocks.size() - 1).getProgressCount()).isEqualTo(1);
  }

  /** Each block has the rows of its own, and a dictionary of what they are. */
  @Test
  void selectedSpans_areFoundInTheirBlocks() throws InvalidProtocolBufferException {
    FactBuffers buffers = new FactBuffers(1);
    int count = 30_000;
    for (int i = 0; i < count; i++) {
      buffers.span(TestFacts.span(i, ORIGIN, "package/" + i));
      if (i % 3 == 0) {
        buffers.selectedSpan(selected(i % 2));
      }
    }

    List<SpanBlock> blocks = spanBlocks(buffers, NO_PROGRESS);

    assertThat(blocks.size()).isGreaterThan(1);
    List<Long> selected = new ArrayList<>();
    for (SpanBlock block : blocks) {
      assertThat(block.getSelectionSetCount()).isEqualTo(2);
      for (int i = 0; i < block.getSelectedRowCount(); i++) {
        long id = block.getSpanId(block.getSelectedRow(i));
        selected.add(id);
        assertThat(block.getSelectionSet(block.getSelectedSet(i))).isEqualTo(selected(id % 2));
      }
    }
    assertThat(selected).hasSize(count / 3).allMatch(id -> id % 3 == 0);
  }

  @Test
  void withoutSelectors_nothingIsWrittenForThem() throws InvalidProtocolBufferException {
    FactBuffers buffers = new FactBuffers(1);
    buffers.span(TestFacts.span(1, ORIGIN, "p"));
    buffers.selectedSpan(selected(1));
    buffers.clear();
    buffers.span(TestFacts.span(2, ORIGIN, "p"));

    SpanBlock block = spanBlocks(buffers, NO_PROGRESS).get(0);

    assertThat(block.getSelectedRowCount()).isZero();
    assertThat(block.getSelectionSetCount()).isZero();
  }

  private static SelectionSet selected(long selector) {
    return SelectionSet.newBuilder()
        .addSelection(Selection.newBuilder().setSelector(selector).addLabel("eu"))
        .build();
  }

  @Test
  void progress_goesToEveryPartitionOfTheTopicsOfItsSource() throws InvalidProtocolBufferException {
    FactBuffers buffers = new FactBuffers(3);
    buffers.write(17, new ProgressReport(List.of(progress(Topics.OTLP_LOGS))), sent::add);
    assertThat(sent).extracting(ProducerRecord::topic).doesNotContain(Topics.SPANS);
    assertThat(sent.stream().filter(r -> r.topic().equals(Topics.LOGS)))
        .extracting(ProducerRecord::partition)
        .containsExactly(0, 1, 2);
    assertThat(sent.stream().filter(r -> r.topic().equals(Topics.PROCESS)))
        .extracting(ProducerRecord::partition)
        .containsExactly(0, 1, 2);
    LogBlock block = LogBlock.parseFrom(sent.get(0).value());
    assertThat(block.getProgressList()).containsExactly(progress(Topics.OTLP_LOGS));
  }

  @Test
  void nothing_isNoRecord() {
    FactBuffers buffers = new FactBuffers(3);
    buffers.write(17, NO_PROGRESS, sent::add);
    assertThat(sent).isEmpty();
  }

  @Test
  void clearedBuffers_areEmpty() throws InvalidProtocolBufferException {
    FactBuffers buffers = new FactBuffers(1);
    buffers.span(TestFacts.span(1, ORIGIN, "a"));
    buffers.panicOfSpan(PanicReport.newBuilder());
    buffers.line(ORIGIN, "stderr", ProcessLine.newBuilder());
    buffers.clear();
    assertThat(spanBlocks(buffers, NO_PROGRESS)).isEmpty();
    buffers.span(TestFacts.span(2, ORIGIN, "b"));
    SpanBlock block = spanBlocks(buffers, NO_PROGRESS).get(0);
    assertThat(block.getSpanIdList()).containsExactly(2L);
    assertThat(block.getPanicList()).isEmpty();
  }

  @Test
  void aliases_goToThePartitionOfEveryName_once() throws InvalidProtocolBufferException {
    List<String> names = List.of("pod:u/app", "container:c", "instance:i", "host:h/1");
    FactBuffers buffers = new FactBuffers(4);
    buffers.alias(origin(names.get(0), names.subList(1, 4)));
    buffers.write(17, NO_PROGRESS, sent::add);
    Set<Integer> expected = new HashSet<>();
    names.forEach(name -> expected.add(Partitions.ofProcess(name, 4)));
    Set<Integer> seen = new HashSet<>();
    for (ProducerRecord<byte[], byte[]> record : sent) {
      ProcessBlock block = ProcessBlock.parseFrom(record.value());
      assertThat(block.getAliasCount()).isEqualTo(1);
      assertThat(block.getOrigin(block.getAlias(0).getOriginIndex()).getProcess())
          .isEqualTo("pod:u/app");
      assertThat(block.getAlias(0).getProcessList()).isEqualTo(names.subList(1, 4));
      assertThat(seen.add(record.partition())).isTrue();
    }
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void longLines_arePartedIntoBoundedBlocks() throws InvalidProtocolBufferException {
    FactBuffers buffers = new FactBuffers(1);
    for (int i = 0; i < 100; i++) {
      buffers.line(
          ORIGIN, "stderr", ProcessLine.newBuilder().setOrdinal(i).setText("x".repeat(32_000)));
    }
    buffers.write(17, NO_PROGRESS, sent::add);
    List<Integer> ordinals = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : sent) {
      assertThat(record.value().length).isLessThan(LIMIT);
      ProcessBlock block = ProcessBlock.parseFrom(record.value());
      block.getLineList().forEach(line -> ordinals.add(line.getOrdinal()));
      assertThat(block.getStream(block.getLine(0).getStreamIndex())).isEqualTo("stderr");
    }
    assertThat(sent.size()).isGreaterThan(5);
    assertThat(ordinals).hasSize(100).isSorted();
  }
}
