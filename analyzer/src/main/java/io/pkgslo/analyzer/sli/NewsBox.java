// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Mutable, single-threaded: subjects that one reader has not heard of yet. Who is told stands in
 * the subject itself, one bit per reader: every row of a block asks.
 */
final class NewsBox {
  private final int bit;

  /** In the order in which they changed; those without the bit have been told, or dismissed. */
  private final List<SubjectLedger> changed = new ArrayList<>();

  private final List<SubjectKey> forgotten = new ArrayList<>();

  /**
   * @param bit of {@link SubjectLedger#untold}; another one for each reader
   */
  NewsBox(int bit) {
    this.bit = bit;
  }

  void changed(SubjectLedger ledger) {
    if ((ledger.untold & bit) == 0) {
      ledger.untold |= bit;
      changed.add(ledger);
    }
  }

  void dismiss(SubjectLedger ledger) {
    ledger.untold &= ~bit;
  }

  void forgotten(SubjectLedger ledger) {
    dismiss(ledger);
    forgotten.add(ledger.key);
  }

  News take(Function<SubjectLedger, SubjectSnapshot> snapshot) {
    List<SubjectSnapshot> subjects = new ArrayList<>(changed.size());
    for (SubjectLedger ledger : changed) {
      if ((ledger.untold & bit) != 0) {
        dismiss(ledger);
        subjects.add(snapshot.apply(ledger));
      }
    }
    News news = new News(subjects, forgotten);
    changed.clear();
    forgotten.clear();
    return news;
  }
}
