// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.load;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of standard error as a shipper sends them from the files of containers, 300 to a record,
 * each record of one container. Every tenth ends with the crash of its process.
 */
public final class ShippedLines implements RecordTemplate {
  private static final int LINES = 300;
  private static final int CONTAINERS = 100;
  private static final int ONE_IN_CRASHES = 10;
  private static final long BETWEEN_LINES_NANOS = 10_000;

  private final LogsData record;
  private final int panics;

  private ShippedLines(LogsData record, int panics) {
    this.record = record;
    this.panics = panics;
  }

  /** One record of each container. */
  public static List<RecordTemplate> templates() {
    List<RecordTemplate> templates = new ArrayList<>();
    for (int container = 0; container < CONTAINERS; container++) {
      boolean crashes = container % ONE_IN_CRASHES == 0;
      templates.add(new ShippedLines(record(container, crashes), crashes ? 1 : 0));
    }
    return templates;
  }

  private static LogsData record(int container, boolean crashes) {
    List<String> crash = crashes ? crash(container) : List.of();
    ScopeLogs.Builder logs = ScopeLogs.newBuilder();
    for (int i = 0; i < LINES; i++) {
      int ofCrash = i - (LINES - crash.size());
      logs.addLogRecords(
          LogRecord.newBuilder()
              .setTimeUnixNano(1 + i * BETWEEN_LINES_NANOS)
              .setBody(text(ofCrash < 0 ? line(container, i) : crash.get(ofCrash)))
              .addAttributes(
                  KeyValue.newBuilder().setKey("log.iostream").setValue(text("stderr"))));
    }
    return LogsData.newBuilder()
        .addResourceLogs(ResourceLogs.newBuilder().setResource(pod(container)).addScopeLogs(logs))
        .build();
  }

  private static Resource pod(int container) {
    return Resource.newBuilder()
        .addAttributes(attribute("service.name", "shop-" + container % ONE_IN_CRASHES))
        .addAttributes(attribute("service.version", "v1.0.0"))
        .addAttributes(attribute("k8s.pod.uid", "pod-" + container + "-7d9f5b6c4d"))
        .addAttributes(attribute("k8s.container.name", "server"))
        .build();
  }

  private static String line(int container, int number) {
    return "2026/11/20 12:00:00.000123 orders.go:118: handled GET /api/v1/orders/"
        + (container * LINES + number)
        + " status=200 bytes=5120 took=12.25ms";
  }

  private static List<String> crash(int container) {
    String goPackage = "github.com/acme/shop/internal/pricing" + container;
    return List.of(
        "panic: runtime error: index out of range [5] with length 3",
        "",
        "goroutine 18 [running]:",
        goPackage + ".(*Table).Price(0xc000012345, 0x5)",
        "\t/src/internal/pricing/price.go:31 +0x1d",
        goPackage + ".Quote({0xc00011c000, 0x3, 0x4})",
        "\t/src/internal/pricing/quote.go:77 +0x85",
        "main.main()",
        "\t/src/main.go:12 +0x20",
        "exit status 2");
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
  }

  private static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  @Override
  public int items() {
    return LINES;
  }

  @Override
  public int marks() {
    return panics;
  }

  @Override
  public long latestNanos() {
    return 1 + (LINES - 1) * BETWEEN_LINES_NANOS;
  }

  /** Lines have no ids: their times tell the copies apart. */
  @Override
  public byte[] copy(long idMask, long shiftNanos) {
    LogsData.Builder copy = record.toBuilder();
    ScopeLogs.Builder logs = copy.getResourceLogsBuilder(0).getScopeLogsBuilder(0);
    for (int i = 0; i < LINES; i++) {
      LogRecord line = logs.getLogRecords(i);
      logs.setLogRecords(i, line.toBuilder().setTimeUnixNano(line.getTimeUnixNano() + shiftNanos));
    }
    return copy.build().toByteArray();
  }
}
