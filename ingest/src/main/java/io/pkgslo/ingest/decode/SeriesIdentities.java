// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

/** Identities of metric series and their points. Mutable and single-threaded. */
final class SeriesIdentities {
  private final ContentHasher hasher;
  private final ResourceView resource;
  private final ScopeView scope;

  SeriesIdentities(ContentHasher hasher, ResourceView resource, ScopeView scope) {
    this.hasher = hasher;
    this.resource = resource;
    this.scope = scope;
  }

  void series(MetricPointView point, Hash128 into) {
    Hash128 resourceIdentity = resource.identity();
    Hash128 scopeIdentity = scope.identity();
    MetricView metric = point.metric();
    hasher.begin();
    hasher.hash(resourceIdentity);
    hasher.hash(scopeIdentity);
    hasher.text(metric.name());
    hasher.text(metric.unit());
    hasher.number(metric.kind().code());
    hasher.number(metric.temporality().code());
    hasher.number(metric.isMonotonic() ? 1 : 0);
    hasher.attributes(point.attributes());
    hasher.finish(into);
  }

  void point(MetricPointView point, Hash128 into) {
    Hash128 series = point.series();
    hasher.begin();
    hasher.hash(series);
    hasher.number(point.startEpochNanos());
    hasher.number(point.timeEpochNanos());
    hasher.finish(into);
  }
}
