// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Collection;

/** A family of series as the SDK's exporters take it. */
final class FamilyMetric implements MetricData {
  private static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.create("io.pkgslo");

  private final Resource resource;
  private final String name;
  private final String description;
  private final MetricDataType type;
  private final Data<DoublePointData> data;

  private FamilyMetric(
      Resource resource,
      String name,
      String description,
      MetricDataType type,
      Data<DoublePointData> data) {
    this.resource = resource;
    this.name = name;
    this.description = description;
    this.type = type;
    this.data = data;
  }

  /** A cumulative sum that never falls. */
  static MetricData sum(
      Resource resource, String name, String description, Collection<DoublePointData> points) {
    return new FamilyMetric(
        resource,
        name,
        description,
        MetricDataType.DOUBLE_SUM,
        SumData.createDoubleSumData(true, AggregationTemporality.CUMULATIVE, points));
  }

  static MetricData gauge(
      Resource resource, String name, String description, Collection<DoublePointData> points) {
    return new FamilyMetric(
        resource,
        name,
        description,
        MetricDataType.DOUBLE_GAUGE,
        GaugeData.createDoubleGaugeData(points));
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return SCOPE;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getDescription() {
    return description;
  }

  @Override
  public String getUnit() {
    return "";
  }

  @Override
  public MetricDataType getType() {
    return type;
  }

  @Override
  public Data<?> getData() {
    return data;
  }
}
