// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.rollout;

import io.pkgslo.model.Partitions;
import io.pkgslo.model.wire.SliBlock;
import io.pkgslo.model.wire.SliBucket;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Brings the buckets of all packages of a service together: from the partition of (service,
 * package) to the partition of the service. Progress goes to every partition.
 */
final class LookRouterProcessor implements Processor<byte[], byte[], Integer, byte[]> {
  private final int partitions;
  private final JudgeCounters counters;
  private ProcessorContext<Integer, byte[]> context;

  /**
   * @param partitions of the topic that is written
   */
  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  LookRouterProcessor(int partitions, JudgeCounters counters) {
    this.partitions = partitions;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<Integer, byte[]> newContext) {
    context = newContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    route(Blocks.read(record.value(), counters), record.timestamp());
  }

  private void route(SliBlock block, long timestamp) {
    Map<Integer, SliBlock.Builder> byPartition = new TreeMap<>();
    for (SliBucket bucket : block.getBucketList()) {
      byPartition
          .computeIfAbsent(
              Partitions.ofService(bucket.getService(), partitions), p -> SliBlock.newBuilder())
          .addBucket(bucket);
    }
    if (block.getProgressCount() > 0) {
      for (int partition = 0; partition < partitions; partition++) {
        byPartition
            .computeIfAbsent(partition, p -> SliBlock.newBuilder())
            .addAllProgress(block.getProgressList());
      }
    }
    byPartition.forEach(
        (partition, routed) ->
            context.forward(
                new Record<>(partition, routed.build().toByteArray(), timestamp),
                RolloutTopology.LOOKS_SINK));
  }
}
