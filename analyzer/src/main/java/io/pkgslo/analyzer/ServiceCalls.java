// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.model.wire.CallCount;
import io.pkgslo.model.wire.ObservationBlock;
import io.pkgslo.model.wire.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells every partition of pkgslo.observations of the API calls of whole services. A package
 * without calls of its own is measured by them, but partitions are by (service, package), so it
 * would see only those that happen to be in its own. The sums per (service, version) and 10 s are
 * few, and stand in the same transaction as the calls themselves.
 *
 * <p>They travel as calls of the package {@code (service)}, which is no import path and is counted
 * as nobody's call.
 */
final class ServiceCalls {
  private static final String SERVICE = "(service)";

  private record Key(String service, String version, long bucketEpochSeconds) {}

  private static final class Sum {
    private long count;
    private long weight;
  }

  private ServiceCalls() {}

  /**
   * Blocks by partition, with the services' API calls in each.
   *
   * @param blocks what is about to be sent, by partition
   */
  static Map<Integer, ObservationBlock> spread(
      Map<Integer, ObservationBlock> blocks, int partitions) {
    Map<Key, Sum> sums = new HashMap<>();
    blocks.values().forEach(block -> collect(block, sums));
    if (sums.isEmpty()) {
      return blocks;
    }
    Map<Integer, ObservationBlock> spread = new TreeMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      spread.put(partition, with(blocks.get(partition), sums));
    }
    return spread;
  }

  private static void collect(ObservationBlock block, Map<Key, Sum> sums) {
    for (CallCount call : block.getCallList()) {
      // Own errors come later than the calls, in rows of their own without any.
      if (call.getApi() && call.getCount() > 0) {
        Origin origin = block.getOrigin(call.getOriginIndex());
        Sum sum =
            sums.computeIfAbsent(
                new Key(origin.getService(), origin.getVersion(), call.getBucketEpochSeconds()),
                k -> new Sum());
        sum.count += call.getCount();
        sum.weight += call.getWeight();
      }
    }
  }

  private static ObservationBlock with(@Nullable ObservationBlock block, Map<Key, Sum> sums) {
    ObservationBlock.Builder builder =
        block == null ? ObservationBlock.newBuilder() : block.toBuilder();
    int goPackage = builder.getPackageCount();
    builder.addPackage(SERVICE);
    List<Origin> services = new ArrayList<>();
    int firstOrigin = builder.getOriginCount();
    sums.forEach(
        (key, sum) -> {
          Origin origin =
              Origin.newBuilder().setService(key.service()).setVersion(key.version()).build();
          int index = services.indexOf(origin);
          if (index < 0) {
            index = services.size();
            services.add(origin);
          }
          builder.addCall(
              CallCount.newBuilder()
                  .setOriginIndex(firstOrigin + index)
                  .setPackageIndex(goPackage)
                  .setBucketEpochSeconds(key.bucketEpochSeconds())
                  .setApi(true)
                  .setCount(sum.count)
                  .setWeight(sum.weight));
        });
    return builder.addAllOrigin(services).build();
  }
}
