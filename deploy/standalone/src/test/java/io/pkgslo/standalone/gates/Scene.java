// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recorded rollout of checkout v1.5.0 beside v1.4.0, in a namespace of its own, so that all of
 * them stand on the same topics at the same time.
 */
enum Scene {
  FAULTY("faulty", null),
  INNOCENT("innocent", null),
  /** Of the faulty one the baseline alone, and a minute and a half of the canary. */
  CUT_OFF("faulty", Duration.ofSeconds(270));

  static final String VERSION = "v1.5.0";
  static final String BASELINE = "v1.4.0";
  static final String CULPRIT = "github.com/pkgslo/shop/internal/checkout/pricing";

  private final String recording;
  private final @Nullable Duration end;

  Scene(String recording, @Nullable Duration end) {
    this.recording = recording;
    this.end = end;
  }

  Path recording() {
    return Path.of("..", "recording", recording + ".pkgrec");
  }

  /** What comes later than this after the recording's start is left out; null for nothing. */
  @Nullable Duration end() {
    return end;
  }

  /** {@code service.namespace}. */
  String namespace() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As every gate is asked for it. */
  String service() {
    return namespace() + "/checkout";
  }
}
