// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.pkgslo.model.Partitions;
import io.pkgslo.model.Topics;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import io.pkgslo.model.wire.PanicCount;
import io.pkgslo.model.wire.PanicExample;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SliBucket;
import io.pkgslo.platform.ReaderAccounts;
import io.pkgslo.platform.streams.CommitListeners;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes crashes in initialisation out of the analyzer's observations, so that the hard stop waits
 * neither for a closed minute nor, where stderr shows the whole crash, until it has settled. They
 * go to the partition of their service as buckets of no width, which hold nothing but one example.
 * Everything else in a block is skipped unread.
 */
final class CrashRouterProcessor implements Processor<byte[], byte[], Integer, byte[]> {
  /** As the analyzer names a version that nobody says. */
  static final String UNKNOWN = "unknown";

  private static final Logger LOG = Logger.getLogger(CrashRouterProcessor.class);

  private final int partitions;
  private final JudgeCounters counters;
  private final ReaderAccounts accounts;
  private final CommitListeners commits;
  private final Runnable committed;
  private ProcessorContext<Integer, byte[]> context;

  /**
   * @param partitions of the topic that is written
   */
  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  CrashRouterProcessor(
      int partitions, JudgeCounters counters, ReaderAccounts accounts, CommitListeners commits) {
    this.partitions = partitions;
    this.counters = counters;
    this.accounts = accounts;
    this.commits = commits;
    this.committed = accounts::settled;
  }

  /** Whether a bucket on pkgslo.looks is a crash that is told before its minute is over. */
  static boolean isReport(SliBucket bucket) {
    return bucket.getWidthSeconds() == 0
        && bucket.getInitFailures() > 0
        && bucket.getCalls() == 0
        && bucket.getExampleCount() == 1;
  }

  @Override
  public void init(ProcessorContext<Integer, byte[]> newContext) {
    context = newContext;
    commits.add(committed);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    accounts.received(Topics.OBSERVATIONS);
    try {
      route(Crashes.of(record.value()), record.timestamp());
    } catch (IOException e) {
      // Its dead letter is the analyzer's, which reads all of the topic.
      accounts.dropped(Topics.OBSERVATIONS, "unreadable");
      counters.unreadableBlock();
      LOG.warnf("a block on pkgslo.observations cannot be read: %s", e.getMessage());
    }
  }

  @Override
  public void close() {
    commits.remove(committed);
    accounts.retried();
  }

  private void route(List<SliBucket> crashes, long timestamp) {
    Map<Integer, SliBlock.Builder> byPartition = new TreeMap<>();
    for (SliBucket crash : crashes) {
      byPartition
          .computeIfAbsent(
              Partitions.ofService(crash.getService(), partitions), p -> SliBlock.newBuilder())
          .addBucket(crash);
    }
    byPartition.forEach(
        (partition, block) ->
            context.forward(new Record<>(partition, block.build().toByteArray(), timestamp)));
  }

  /** The parts of a block that crashes need; mutable, for one block. */
  private static final class Crashes {
    private final List<Origin> origins = new ArrayList<>();
    private final List<String> packages = new ArrayList<>();
    private final List<PanicCount> crashes = new ArrayList<>();
    private final List<PanicCount> early = new ArrayList<>();

    static List<SliBucket> of(byte @Nullable [] block) throws IOException {
      if (block == null) {
        throw new InvalidProtocolBufferException("no value");
      }
      Crashes crashes = new Crashes();
      crashes.read(CodedInputStream.newInstance(block));
      List<SliBucket> buckets = new ArrayList<>();
      for (PanicCount crash : crashes.early) {
        buckets.add(crashes.bucket(crash, true));
      }
      for (PanicCount crash : crashes.crashes) {
        buckets.add(crashes.bucket(crash, false));
      }
      return buckets;
    }

    private void read(CodedInputStream in) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case ObservationBlock.ORIGIN_FIELD_NUMBER ->
              origins.add(Origin.parseFrom(in.readByteBuffer()));
          case ObservationBlock.PACKAGE_FIELD_NUMBER -> packages.add(in.readStringRequireUtf8());
          case ObservationBlock.PANIC_FIELD_NUMBER -> {
            PanicCount panic = PanicCount.parseFrom(in.readByteBuffer());
            if (panic.getInitFailure()) {
              crashes.add(panic);
            }
          }
          case ObservationBlock.EARLY_CRASH_FIELD_NUMBER ->
              early.add(PanicCount.parseFrom(in.readByteBuffer()));
          default -> in.skipField(tag);
        }
      }
    }

    private SliBucket bucket(PanicCount crash, boolean isEarly)
        throws InvalidProtocolBufferException {
      if (crash.getOriginIndex() >= origins.size() || crash.getPackageIndex() >= packages.size()) {
        throw new InvalidProtocolBufferException("a panic points beyond its block");
      }
      Origin origin = origins.get(crash.getOriginIndex());
      boolean onStderr = !crash.getCrashProcess().isEmpty();
      long nanos = onStderr ? crash.getCrashEpochNanos() : crash.getTimeEpochNanos();
      long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
      return SliBucket.newBuilder()
          .setService(origin.getService())
          .setVersion(origin.getVersion().isEmpty() ? UNKNOWN : origin.getVersion())
          .setArm(origin.getArm())
          .setPackage(packages.get(crash.getPackageIndex()))
          .setStartEpochMillis(millis)
          .setInitFailures(1)
          .addExample(
              PanicExample.newBuilder()
                  .setFingerprint(crash.getFingerprint())
                  .setFunction(crash.getFunction())
                  .setFile(crash.getFile())
                  .setMessage(crash.getMessage())
                  .setStack(crash.getStack())
                  .setTraceId(HexFormat.of().formatHex(crash.getTraceId().toByteArray()))
                  .setTimeEpochMillis(millis)
                  .setInitFailure(true)
                  .setEarly(isEarly)
                  .setProcess(onStderr ? crash.getCrashProcess() : origin.getProcess()))
          .build();
    }
  }
}
