// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.stack;

import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.golang.symbol.SourceRoots;
import java.util.List;
import java.util.Map;

/**
 * Who may be blamed for a panic (reference: go-telemetry.md 2.6 steps 4 and 5).
 *
 * @param helpers packages that panic on purpose or pass a panic on: import path prefixes at path
 *     boundaries; a star at the end makes it a plain prefix
 * @param owners import path prefixes of the team's own code; with any, the first own frame is
 *     blamed before third-party frames above it. The program's {@code main} is always its own
 * @param sourceRoots build directory to import path, for frames that have only a file
 */
public record BlamePolicy(
    List<String> helpers, List<String> owners, Map<String, String> sourceRoots) {
  private static final List<String> DEFAULT_HELPERS =
      List.of(
          "go.uber.org/zap*",
          "github.com/sirupsen/logrus",
          "github.com/rs/zerolog",
          "github.com/go-logr",
          "k8s.io/klog",
          "go.opentelemetry.io/otel",
          "go.opentelemetry.io/contrib",
          "github.com/grpc-ecosystem/go-grpc-middleware",
          "k8s.io/apimachinery/pkg/util/runtime",
          "sigs.k8s.io/controller-runtime/pkg/internal/controller",
          "golang.org/x/sync",
          "github.com/sourcegraph/conc",
          "github.com/gin-gonic/gin",
          "github.com/gin-contrib",
          "github.com/labstack/echo",
          "github.com/go-chi/chi",
          "github.com/urfave/negroni",
          "github.com/gorilla/handlers");

  /** The reference's helper list, no owners. */
  public static final BlamePolicy DEFAULT = new BlamePolicy(DEFAULT_HELPERS, List.of(), Map.of());

  public BlamePolicy {
    helpers = List.copyOf(helpers);
    owners = List.copyOf(owners);
    sourceRoots = Map.copyOf(sourceRoots);
  }

  public BlamePolicy withOwners(List<String> prefixes) {
    return new BlamePolicy(helpers, prefixes, sourceRoots);
  }

  public BlamePolicy withHelpers(List<String> prefixes) {
    return new BlamePolicy(prefixes, owners, sourceRoots);
  }

  public BlamePolicy withSourceRoots(Map<String, String> roots) {
    return new BlamePolicy(helpers, owners, roots);
  }

  /** False for the standard library and for helpers. */
  public boolean mayBlame(GoPackage goPackage) {
    return !goPackage.isStd() && !isHelper(goPackage);
  }

  boolean isHelper(GoPackage goPackage) {
    return helpers.stream().anyMatch(helper -> matches(goPackage, helper));
  }

  boolean isOwned(GoPackage goPackage) {
    return goPackage.isMain() || owners.stream().anyMatch(owner -> matches(goPackage, owner));
  }

  SourceRoots configuredRoots() {
    return sourceRoots.isEmpty() ? SourceRoots.NONE : new SourceRoots(sourceRoots);
  }

  private static boolean matches(GoPackage goPackage, String pattern) {
    if (pattern.endsWith("/*")) {
      return goPackage.isWithin(pattern.substring(0, pattern.length() - 2));
    }
    if (pattern.endsWith("*")) {
      return goPackage.path().startsWith(pattern.substring(0, pattern.length() - 1));
    }
    return goPackage.isWithin(pattern);
  }
}
