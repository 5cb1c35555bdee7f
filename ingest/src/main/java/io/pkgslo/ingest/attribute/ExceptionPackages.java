// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.attribute.ExceptionType;
import io.pkgslo.golang.stack.Blame;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.stack.StackParser;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.SpanEventCursor;
import io.pkgslo.ingest.decode.SpanView;
import org.jspecify.annotations.Nullable;

/**
 * The package that the exceptions of a failed call point to, by a stack or by the type of a value
 * (reference: go-telemetry.md 4.2, step 5). It stands behind the nearest resolved span.
 */
final class ExceptionPackages {
  private final BlamePolicy policy;
  private final Mains mains;

  ExceptionPackages(BlamePolicy policy, Mains mains) {
    this.policy = policy;
    this.mains = mains;
  }

  /** Import path; empty when no exception tells. The standard library's own errors do not. */
  String of(SpanView span, String service) {
    SpanEventCursor events = span.events();
    while (events.next()) {
      GoPackage named = ofStack(events.attributes().text(Key.EXCEPTION_STACKTRACE.id()));
      if (named == null) {
        named = ofType(events.attributes().text(Key.EXCEPTION_TYPE.id()));
      }
      if (named != null && !named.isStd()) {
        return mains.path(named, null, service);
      }
    }
    return "";
  }

  private @Nullable GoPackage ofStack(@Nullable Slice stack) {
    if (stack == null) {
      return null;
    }
    GoPackage blamed = Blame.of(StackParser.parse(stack.toString()), policy).pkg();
    return blamed.isUnattributed() ? null : blamed;
  }

  private static @Nullable GoPackage ofType(@Nullable Slice type) {
    return type == null ? null : ExceptionType.packageOf(type.toString());
  }
}
