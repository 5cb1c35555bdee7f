// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer;

import io.pkgslo.analyzer.correlate.RecentErrors;
import io.pkgslo.analyzer.export.CommittedSubjects;
import io.pkgslo.analyzer.export.EndToEnd;
import io.pkgslo.analyzer.export.StageMeters;
import io.pkgslo.analyzer.sli.ObjectiveSet;
import io.pkgslo.platform.streams.CommitListeners;
import io.pkgslo.platform.streams.RecordAccounts;
import java.util.function.Supplier;

/**
 * What all tasks of one analyzer share. Everything in it is thread-safe.
 *
 * @param objectives those in force at the moment of asking
 */
record AnalyzerContext(
    AnalyzerSettings settings,
    CommitListeners commits,
    CommittedSubjects committed,
    StageMeters meters,
    RecordAccounts accounts,
    EndToEnd endToEnd,
    RecentErrors recentErrors,
    Supplier<ObjectiveSet> objectives) {}
