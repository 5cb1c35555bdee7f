// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import java.util.List;

/** What Go prints when code of a package panics (reference: go-telemetry.md 2 and 3). */
final class GoStack {
  static final String TYPE = "runtime.boundsError";
  static final String MESSAGE = "runtime error: index out of range [5] with length 3";

  private GoStack() {}

  /** A recovered panic as the SDK writes it into {@code exception.stacktrace}. */
  static String recovered(String goPackage, int number) {
    return String.join(
        "\n",
        "goroutine 7 [running]:",
        "go.opentelemetry.io/otel/sdk/trace.recordStackTrace()",
        "\t/mod/go.opentelemetry.io/otel/sdk@v1.45.0/trace/span.go:509 +0x75",
        "panic({0x67f5e0?, 0x74fee0?})",
        "\t/usr/local/go/src/runtime/panic.go:884 +0x212",
        symbol(goPackage) + ".(*Handler).work" + number + "(0xc0000140a0)",
        "\t/src/" + goPackage + "/work.go:42 +0x1d",
        "created by net/http.(*Server).Serve in goroutine 1",
        "\t/usr/local/go/src/net/http/server.go:3102 +0x4db");
  }

  /** The lines of a process that ends by a panic. */
  static List<String> crash(String goPackage, int number) {
    return List.of(
        "panic: " + MESSAGE,
        "goroutine 1 [running]:",
        symbol(goPackage) + ".run" + number + "(0xc0000140a0)",
        "\t/src/" + goPackage + "/run.go:17 +0x1d",
        "main.main()",
        "\t/src/main.go:9 +0x20",
        "exit status 2");
  }

  /** The lines of a process that ends while it initialises a package. */
  static List<String> initCrash(String goPackage) {
    return List.of(
        "panic: config is missing",
        "goroutine 1 [running]:",
        symbol(goPackage) + ".mustLoad(...)",
        "\t/src/" + goPackage + "/config.go:8",
        symbol(goPackage) + ".init.0()",
        "\t/src/" + goPackage + "/config.go:21 +0x1d",
        "exit status 2");
  }

  /** A line of inittrace. */
  static String init(String goPackage, double atMillis, String clockMillis) {
    return String.format(
        java.util.Locale.ROOT,
        "init %s @%.1f ms, %s ms clock, 1024 bytes, 3 allocs",
        symbol(goPackage),
        atMillis,
        clockMillis);
  }

  /** Symbols escape the dots of a path's last element. */
  private static String symbol(String goPackage) {
    int last = goPackage.lastIndexOf('/') + 1;
    return goPackage.substring(0, last) + goPackage.substring(last).replace(".", "%2e");
  }
}
