// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.export;

import io.pkgslo.analyzer.sli.SubjectSnapshot;
import io.pkgslo.analyzer.window.SubjectKey;
import io.pkgslo.platform.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subject as of its last commit, with the labels that all its series have.
 *
 * @param labels service, version and package; of a runtime, which is of no package, the former two
 */
record Shown(SubjectSnapshot subject, Labels labels) {
  /** The labels of {@code before}, which is the same subject, are taken over. */
  static Shown of(SubjectSnapshot subject, @Nullable Shown before) {
    return new Shown(subject, before == null ? labels(subject) : before.labels());
  }

  private static Labels labels(SubjectSnapshot subject) {
    SubjectKey key = subject.key();
    return subject.runtime() == null
        ? new Labels(Names.SUBJECT, List.of(key.service(), key.version(), key.goPackage()))
        : new Labels(Names.SERVICE, List.of(key.service(), key.version()));
  }
}
