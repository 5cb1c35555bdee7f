// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/**
 * Hears the metric points of one record, in the order and under the rules of {@link TraceSink};
 * each metric is announced before its points.
 */
public interface MetricSink {
  void resource(ResourceView resource);

  void scope(ScopeView scope);

  void metric(MetricView metric);

  void point(MetricPointView point);
}
