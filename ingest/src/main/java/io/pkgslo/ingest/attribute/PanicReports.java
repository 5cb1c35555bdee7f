// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.crash.GoPanic;
import io.pkgslo.model.wire.PanicReport;

/** Panics as reports of one kind of source, without what depends on where they were found. */
final class PanicReports {
  private final Mains mains;

  PanicReports(Mains mains) {
    this.mains = mains;
  }

  PanicReport.Builder of(GoPanic panic, PanicReport.Source source, ProcessOrigin origin) {
    String goPackage = mains.path(panic, origin.service());
    String file = panic.file();
    String type = panic.type();
    return PanicReport.newBuilder()
        .setSource(source)
        .setType(type == null ? "" : type)
        .setMessage(panic.message())
        .setNormalisedMessage(panic.normalisedMessage())
        .setPackage(goPackage)
        .setFunction(panic.function())
        .setFile(file == null ? "" : file)
        .setFingerprint(goPackage.isEmpty() ? 0 : panic.fingerprint())
        .setRecovered(panic.recovered())
        .setInitFailure(panic.initFailure())
        .setSecondhand(panic.isSecondhand())
        .setStack(panic.stack());
  }
}
