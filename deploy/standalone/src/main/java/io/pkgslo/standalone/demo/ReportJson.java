// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.demo;

import io.pkgslo.standalone.demo.DemoReport.PackageRow;
import io.pkgslo.standalone.demo.DemoReport.VerdictRow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The report as one JSON document on one line; what has no value is null, never left out. */
public final class ReportJson {
  private ReportJson() {}

  /** The document, without a line feed. */
  public static String write(DemoReport report) {
    JsonArray packages = new JsonArray();
    report.packages().forEach(row -> packages.add(json(row)));
    JsonArray verdicts = new JsonArray();
    report.verdicts().forEach(row -> verdicts.add(json(row)));
    return new JsonObject().put("packages", packages).put("verdicts", verdicts).encode();
  }

  private static JsonObject json(PackageRow row) {
    return new JsonObject()
        .put("service", row.service())
        .put("version", row.version())
        .put("package", row.packageName())
        .put("calls", row.calls())
        .put("errors", row.errors())
        .put("panics", row.panics())
        .put("panicsPer10k", row.panicsPer10k())
        .put("initP95Seconds", row.initP95Seconds())
        .put("budgetRemaining", row.budgetRemaining());
  }

  private static JsonObject json(VerdictRow row) {
    return new JsonObject()
        .put("service", row.service())
        .put("version", row.version())
        .put("baseline", row.baseline())
        .put("verdict", row.verdict())
        .put("package", row.packageName())
        .put("reason", row.reason());
  }
}
