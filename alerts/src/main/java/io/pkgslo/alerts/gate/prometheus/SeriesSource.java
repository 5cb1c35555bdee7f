// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import java.util.List;
import java.util.Set;

/** Where samples come from. */
interface SeriesSource {
  /** Names of all series that may be there. */
  Set<String> names();

  /** What a selector selects now. */
  List<Sample> select(Selector selector);
}
