// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

import io.pkgslo.analyzer.window.SubjectKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Mutable, single-threaded: subjects that one reader has not heard of yet. */
final class NewsBox {
  private final Set<SubjectLedger> changed = new LinkedHashSet<>();
  private final List<SubjectKey> forgotten = new ArrayList<>();

  void changed(SubjectLedger ledger) {
    changed.add(ledger);
  }

  void dismiss(SubjectLedger ledger) {
    changed.remove(ledger);
  }

  void forgotten(SubjectLedger ledger) {
    changed.remove(ledger);
    forgotten.add(ledger.key);
  }

  News take(Function<SubjectLedger, SubjectSnapshot> snapshot) {
    News news = new News(changed.stream().map(snapshot).toList(), forgotten);
    changed.clear();
    forgotten.clear();
    return news;
  }
}
