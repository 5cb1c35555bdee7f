// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The verdict as tools match it, with its longest texts below 1 KB: Argo keeps ten of them in etcd.
 *
 * @param verdict promote, hold or rollback
 * @param code 1, 0 or -1
 * @param decisionId the latest record in the ledger; absent before the first
 * @param reason one line, cut where it is long
 * @param evidenceUrl absent for an arm that was not seen, and when it is too long
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerdictBody(
    String verdict,
    int code,
    @Nullable String decisionId,
    String reason,
    @Nullable String evidenceUrl) {
  private static final int MAX_REASON_BYTES = 400;
  private static final int MAX_URL_BYTES = 300;
  private static final int MAX_ID_BYTES = 120;
  private static final String CUT = "...";

  public static VerdictBody of(ArmAnswer answer, EvidenceLinks links) {
    return new VerdictBody(
        answer.verdict().wireName(),
        answer.verdict().code(),
        shorterThan(MAX_ID_BYTES, answer.decisionId()),
        cut(answer.reason()),
        shorterThan(MAX_URL_BYTES, links.of(answer)));
  }

  private static @Nullable String shorterThan(int bytes, @Nullable String text) {
    return text == null || bytes(text) > bytes ? null : text;
  }

  private static String cut(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}+", " ");
    if (bytes(line) <= MAX_REASON_BYTES) {
      return line;
    }
    int end = Math.min(line.length(), MAX_REASON_BYTES);
    while (bytes(line.substring(0, end)) > MAX_REASON_BYTES - CUT.length()
        || Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(0, end) + CUT;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
