// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.platform.streams.CommitListeners;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit may come at any time, and the task may go on elsewhere from there. */
class TraceProcessorTest {
  private static final long NOON = 1_795_176_000_000L;
  private static final String CART = "github.com/acme/shop/pkg/cart";

  private final KeyValueStore<Bytes, byte[]> store = TestTask.store(AnalyzerTopology.TRACE_STORE);

  @TempDir private Path directory;
  private MockProcessorContext<Route, byte[]> context;
  private TraceProcessor processor;

  @BeforeEach
  void start() {
    processor =
        new TraceProcessor(
            TestTask.shared(
                directory, Topics.SPANS, new CommitListeners(), new CommittedSubjects()),
            TestTask.drops());
    begin();
  }

  private void begin() {
    context = TestTask.context(directory, Topics.SPANS, store, NOON);
    processor.init(context);
  }

  private void spans(int from, int count) {
    byte[] block = FactBlocks.spans(0, 1, from, count, CART, NOON).toByteArray();
    processor.process(new Record<>(null, block, NOON));
  }

  private void passInterval() {
    context.scheduledPunctuators().stream()
        .filter(punctuator -> !punctuator.cancelled())
        .forEach(punctuator -> punctuator.getPunctuator().punctuate(NOON));
  }

  /** Calls that were sent since this was last asked. */
  private long sentCalls() throws InvalidProtocolBufferException {
    long calls = 0;
    for (CapturedForward<? extends Route, ? extends byte[]> forward :
        context.forwarded(AnalyzerTopology.TRACE_OBSERVATIONS_SINK)) {
      ObservationBlock block = ObservationBlock.parseFrom(forward.record().value());
      for (CallCount call : block.getCallList()) {
        boolean ofService = block.getPackage(call.getPackageIndex()).equals("(service)");
        calls += ofService ? 0 : call.getCount();
      }
    }
    context.resetForwards();
    return calls;
  }

  @Test
  void blocksThatComeTogether_areSentTogether() throws InvalidProtocolBufferException {
    spans(1, 30);
    spans(100, 20);
    assertThat(sentCalls()).isZero();
    passInterval();
    assertThat(context.forwarded(AnalyzerTopology.TRACE_OBSERVATIONS_SINK)).hasSize(1);
    assertThat(sentCalls()).isEqualTo(50);
  }

  @Test
  void whoIsBehind_letsMoreComeTogether() {
    spans(1, 30);
    assertThat(interval()).isEqualTo(Duration.ofMillis(200));
    passInterval();
    context.setCurrentSystemTimeMs(NOON + 5_001);
    spans(100, 30);
    assertThat(interval()).isEqualTo(Duration.ofSeconds(1));
  }

  private Duration interval() {
    return context.scheduledPunctuators().stream()
        .filter(punctuator -> !punctuator.cancelled())
        .map(CapturedPunctuator::getInterval)
        .reduce((one, other) -> fail("two timers"))
        .orElseThrow();
  }

  @Test
  void whatWasNotSentBeforeTheTaskMoved_isSentAfterIt() throws InvalidProtocolBufferException {
    spans(1, 30);
    passInterval();
    assertThat(sentCalls()).isEqualTo(30);
    spans(100, 20);

    start();
    passInterval();
    assertThat(sentCalls()).isEqualTo(20);
    passInterval();
    assertThat(sentCalls()).isZero();

    spans(1, 30);
    spans(100, 20);
    spans(200, 5);
    passInterval();
    assertThat(sentCalls()).as("all but the last are known").isEqualTo(5);
  }

  /** Kafka Streams revives a task that lost its state with the processor that it had. */
  @Test
  void taskThatIsRevived_sendsOn() throws InvalidProtocolBufferException {
    spans(1, 30);
    processor.close();
    begin();
    spans(100, 20);
    passInterval();
    assertThat(sentCalls()).isEqualTo(50);
    spans(200, 5);
    passInterval();
    assertThat(sentCalls()).isEqualTo(5);
  }
}
