// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what {@link JudgeFile} finds, as CSV with a header or as JSON lines. */
final class JudgeWriter {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private final Appendable out;
  private final JudgeFileOptions options;

  JudgeWriter(Appendable out, JudgeFileOptions options) {
    this.out = out;
    this.options = options;
  }

  void header() throws IOException {
    if (options.json()) {
      return;
    }
    out.append(
        options.finalOnly()
            ? "rollout,verdict,look,log_e\n"
            : "rollout,look,package,sli,canary_events,canary_calls,baseline_events,baseline_calls,"
                + "phi,log_e,log_threshold,ratio_lower,ratio_upper,verdict,rule,reason\n");
  }

  /** One line per claim as CSV, one object per look as JSON. */
  void afterLook(String rollout, long look, Decision decision) throws IOException {
    if (options.json()) {
      ObjectNode node = decision(rollout, look, decision);
      ArrayNode claims = node.putArray("evidence");
      decision.evidence().forEach(evidence -> claims.add(evidence(evidence)));
      line(node);
      return;
    }
    for (Evidence evidence : decision.evidence()) {
      List<String> cells = new ArrayList<>(List.of(rollout, Long.toString(look)));
      cells.addAll(cells(evidence));
      cells.add(decision.verdict().wireName());
      cells.add(decision.rule().id());
      cells.add(decision.reason());
      line(cells);
    }
  }

  /** One line per rollout. */
  void atEnd(String rollout, long look, Decision decision) throws IOException {
    if (options.json()) {
      line(decision(rollout, look, decision));
    } else {
      line(
          List.of(
              rollout,
              decision.verdict().wireName(),
              Long.toString(look),
              Double.toString(decision.logE())));
    }
  }

  private static ObjectNode decision(String rollout, long look, Decision decision) {
    return JSON.createObjectNode()
        .put("rollout", rollout)
        .put("verdict", decision.verdict().wireName())
        .put("code", decision.verdict().code())
        .put("look", look)
        .put("log_e", decision.logE())
        .put("rule", decision.rule().id())
        .put("reason", decision.reason());
  }

  private static ObjectNode evidence(Evidence evidence) {
    ConfidenceBounds bounds = evidence.bounds();
    return JSON.createObjectNode()
        .put("package", evidence.decisive().goPackage())
        .put("sli", evidence.decisive().sli().wireName())
        .put("canary_events", evidence.canaryEvents())
        .put("canary_calls", evidence.canaryCalls())
        .put("baseline_events", evidence.baselineEvents())
        .put("baseline_calls", evidence.baselineCalls())
        .put("phi", evidence.phi())
        .put("log_e", evidence.logE())
        .put("log_threshold", evidence.logThreshold())
        .put("share", evidence.share())
        .put("ratio_lower", bounds == null ? null : Double.valueOf(bounds.lower()))
        .put("ratio_upper", bounds == null ? null : bounds.upper())
        .put("rejected", evidence.rejection() != null);
  }

  private static List<String> cells(Evidence evidence) {
    ConfidenceBounds bounds = evidence.bounds();
    return List.of(
        evidence.decisive().goPackage(),
        evidence.decisive().sli().wireName(),
        plain(evidence.canaryEvents()),
        plain(evidence.canaryCalls()),
        plain(evidence.baselineEvents()),
        plain(evidence.baselineCalls()),
        plain(evidence.phi()),
        Double.toString(evidence.logE()),
        text(evidence.logThreshold()),
        bounds == null ? "" : Double.toString(bounds.lower()),
        bounds == null ? "" : text(bounds.upper()));
  }

  /** A count as it was given: without the fraction of a whole number. */
  private static String plain(double value) {
    boolean whole = value == StrictMath.rint(value) && value < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : Double.toString(value);
  }

  private void line(ObjectNode node) throws IOException {
    out.append(JSON.writeValueAsString(node)).append('\n');
  }

  private void line(List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      out.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
    }
    out.append('\n');
  }

  private static String quoted(String cell) {
    boolean plain = cell.indexOf(',') < 0 && cell.indexOf('"') < 0 && cell.indexOf('\n') < 0;
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
