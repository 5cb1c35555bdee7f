// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.prometheus;

import io.pkgslo.alerts.gate.RolloutAnswers;
import io.pkgslo.alerts.gate.StateView;
import io.pkgslo.alerts.gate.access.Need;
import io.pkgslo.alerts.gate.http.Ask;
import io.pkgslo.alerts.gate.http.BadAsk;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.gate.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /prometheus/api/v1}: what Argo Rollouts, Flagger, Keptn, Kayenta and Grafana ask a
 * Prometheus for. A time further than five minutes from now has no series, as a Prometheus that was
 * started now would have none.
 */
public final class PrometheusGate {
  /** Where it is; the address that tools are given. */
  public static final String PATH = "/prometheus";

  private static final String API = PATH + "/api/v1";
  private static final String NAME = "prometheus";
  private static final long NEAR_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final int MAX_POINTS = 11_000;

  private final List<SeriesSource> sources;
  private final Clock clock;

  public PrometheusGate(RolloutAnswers answers, StateView view, Clock clock) {
    this.sources = List.of(new VerdictSeries(answers), new SliSeries(view, answers));
    this.clock = clock;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        getOrPost("/query", this::query),
        getOrPost("/query_range", this::range),
        getOrPost("/series", this::series),
        getOrPost("/labels", this::labels),
        get("/label/{name}/values", this::labelValues),
        get("/metadata", ask -> Answers.data(Map.of())),
        get("/rules", ask -> Answers.data(Map.of("groups", List.of()))),
        get("/alerts", ask -> Answers.data(Map.of("alerts", List.of()))),
        get("/status/buildinfo", ask -> Answers.data(buildInfo())),
        Endpoint.get(NAME, PATH + "/-/healthy", ask -> Answers.data(Map.of())),
        Endpoint.get(NAME, PATH + "/-/ready", ask -> Answers.data(Map.of())));
  }

  private static Endpoint get(String path, Function<Ask, Reply> handler) {
    return Endpoint.get(NAME, API + path, guarded(handler));
  }

  private static Endpoint getOrPost(String path, Function<Ask, Reply> handler) {
    return new Endpoint(NAME, Set.of("GET", "POST"), API + path, Need.READ, guarded(handler));
  }

  /** Clients of Prometheus want its form of an error. */
  private static Function<Ask, Reply> guarded(Function<Ask, Reply> handler) {
    return ask -> {
      try {
        return handler.apply(ask);
      } catch (BadAsk e) {
        return Answers.error(400, "bad_data", e.expectation());
      }
    };
  }

  private Reply query(Ask ask) {
    long time = time(ask.parameter("time"));
    Value value = Evaluation.of(required(ask, "query"), s -> isNear(time) ? select(s) : List.of());
    return Answers.instant(value, time);
  }

  private Reply range(Ask ask) {
    long start = QueryTime.millis(required(ask, "start"));
    long end = QueryTime.millis(required(ask, "end"));
    long step = QueryTime.durationMillis(required(ask, "step"));
    if (end < start) {
      throw new BadAsk("end is before start");
    }
    if ((end - start) / step >= MAX_POINTS) {
      throw new BadAsk("more than " + MAX_POINTS + " points per series");
    }
    Value value = Evaluation.of(required(ask, "query"), this::select);
    List<Sample> samples =
        value instanceof Value.Scalar scalar
            ? List.of(new Sample("", Map.of(), scalar.number()))
            : ((Value.Vector) value).samples();
    boolean constant = !(value instanceof Value.Vector vector) || vector.constant();
    return Answers.range(samples, times(start, end, step, constant));
  }

  /** All steps of a constant; of what is known now only the last, and only when that is now. */
  private List<Long> times(long start, long end, long step, boolean constant) {
    List<Long> times = new ArrayList<>();
    for (long time = start; time <= end; time += step) {
      times.add(time);
    }
    if (constant) {
      return times;
    }
    Long last = times.get(times.size() - 1);
    return isNear(last) ? List.of(last) : List.of();
  }

  private boolean isNear(long millis) {
    return Math.abs(clock.millis() - millis) <= NEAR_MILLIS;
  }

  private long time(@Nullable String given) {
    return given == null ? clock.millis() : QueryTime.millis(given);
  }

  private static String required(Ask ask, String name) {
    String value = ask.parameter(name);
    if (value == null) {
      throw new BadAsk("expected the parameter " + name);
    }
    return value;
  }

  private List<Sample> select(Selector selector) {
    List<Sample> samples = new ArrayList<>();
    for (SeriesSource source : sources) {
      if (selector.name().isEmpty() || source.names().contains(selector.name())) {
        samples.addAll(source.select(selector));
      }
    }
    return samples;
  }

  private Reply series(Ask ask) {
    List<String> selectors = ask.parameters("match[]");
    if (selectors.isEmpty()) {
      throw new BadAsk("expected the parameter match[]");
    }
    return Answers.data(matched(selectors).stream().map(Sample::metric).distinct().toList());
  }

  private Reply labels(Ask ask) {
    Set<String> names = new TreeSet<>();
    matched(ask.parameters("match[]")).forEach(sample -> names.addAll(sample.metric().keySet()));
    return Answers.data(names);
  }

  private Reply labelValues(Ask ask) {
    String label = ask.path("name");
    Set<String> values = new TreeSet<>();
    if (label.equals(Sample.NAME_LABEL) && ask.parameters("match[]").isEmpty()) {
      sources.forEach(source -> values.addAll(source.names()));
    } else {
      matched(ask.parameters("match[]")).forEach(sample -> values.add(sample.label(label)));
    }
    values.remove("");
    return Answers.data(values);
  }

  private List<Sample> matched(List<String> selectors) {
    if (selectors.isEmpty()) {
      return select(new Selector("", List.of()));
    }
    return selectors.stream().flatMap(s -> select(Evaluation.selector(s)).stream()).toList();
  }

  /** Grafana looks at the version for what it may ask. */
  private static Map<String, String> buildInfo() {
    return Map.of(
        "version", "2.42.0",
        "revision", "pkgslo",
        "branch", "",
        "buildUser", "",
        "buildDate", "",
        "goVersion", "");
  }
}
