// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import io.pkgslo.alerts.rollout.RolloutView;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1}: packages with their SLIs and budgets, objectives, and rollouts with their
 * verdicts. Every list can be narrowed by {@code service}, {@code version} and {@code package}; an
 * unknown value gives an empty list. {@code through} is the event time up to which the answer is
 * complete, absent while the pipeline has not said so yet.
 */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class ApiResource {
  /** Stands for the Go runtimes of a service in objectives; it is no package. */
  private static final String RUNTIME = "(runtime)";

  private final StateView view;
  private final Staleness staleness;

  @Inject
  ApiResource(ViewConsumer consumer, Clock clock, StalenessLimits limits) {
    this.view = consumer.view();
    this.staleness = new Staleness(clock, limits);
  }

  /** All packages: counts since they were first seen, SLIs and budgets now. */
  @GET
  @Path("packages")
  public PackagesAnswer packages(
      @QueryParam("service") @Nullable String service,
      @QueryParam("version") @Nullable String version,
      @QueryParam("package") @Nullable String goPackage) {
    List<PackageView> packages =
        view.subjects().stream()
            .filter(s -> matches(service, s.getService()))
            .filter(s -> matches(version, s.getVersion()))
            .filter(s -> matches(goPackage, s.getPackage()))
            .filter(s -> !s.getPackage().equals(RUNTIME))
            .map(PackageView::of)
            .toList();
    return new PackagesAnswer(instant(view.subjectsThroughMillis()), packages);
  }

  /**
   * Who calls a package, directly or through others, within the last hour.
   *
   * @param service and {@code goPackage} are both needed
   */
  @GET
  @Path("graph")
  public GraphAnswer graph(
      @QueryParam("service") @Nullable String service,
      @QueryParam("package") @Nullable String goPackage) {
    if (service == null || goPackage == null) {
      throw new BadRequestException("expected ?service=...&package=...");
    }
    List<GraphView.Caller> callers = new GraphView(view.subjects()).callersOf(service, goPackage);
    boolean truncated = callers.size() > GraphView.MAX_CALLERS;
    return new GraphAnswer(
        instant(view.subjectsThroughMillis()),
        truncated ? callers.subList(0, GraphView.MAX_CALLERS) : callers,
        truncated);
  }

  /** The objectives in force, and their state for every package that they apply to. */
  @GET
  @Path("slos")
  public SlosAnswer slos(
      @QueryParam("service") @Nullable String service, @QueryParam("slo") @Nullable String slo) {
    List<SloView> slos =
        view.objectives().stream()
            .filter(o -> matches(slo, o.getId()))
            .map(o -> SloView.of(o, view.subjects(), s -> matches(service, s.getService())))
            .toList();
    return new SlosAnswer(instant(view.subjectsThroughMillis()), slos);
  }

  /** All rollouts of the last days, the newest first. */
  @GET
  @Path("rollouts")
  public RolloutsAnswer rollouts(
      @QueryParam("service") @Nullable String service,
      @QueryParam("version") @Nullable String version) {
    Predicate<RolloutView> wanted =
        r -> matches(service, r.service()) && matches(version, r.version());
    Freshness freshness = view.freshness();
    return new RolloutsAnswer(
        instant(freshness.judgedThroughMillis()),
        view.rollouts().stream().filter(wanted).map(r -> staleness.apply(r, freshness)).toList());
  }

  private static boolean matches(@Nullable String wanted, String value) {
    return wanted == null || wanted.equals(value);
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
