// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import java.util.List;

/**
 * What is new since it was asked for last.
 *
 * @param subjects those that changed, as they are now
 * @param forgotten those that are gone
 */
public record News(List<SubjectSnapshot> subjects, List<SubjectKey> forgotten) {
  public News {
    subjects = List.copyOf(subjects);
    forgotten = List.copyOf(forgotten);
  }

  public boolean isEmpty() {
    return subjects.isEmpty() && forgotten.isEmpty();
  }
}
