// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.sli;

/** Is told what a block changed. */
interface Touched {
  void subject(SubjectLedger ledger);

  /** The valid events of {@code ledger} may be others, because they are its service's. */
  void exposure(SubjectLedger ledger);

  void minute(SubjectLedger ledger, MinuteBucket minute);
}
