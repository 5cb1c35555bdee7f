// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.platform;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * {@code GET /metrics}: everything in the application's registry, in the Prometheus text format or
 * in OpenMetrics, as the Accept header asks. {@code ?name[]=...} keeps only the named series.
 */
@ApplicationScoped
class MetricsRoute {
  private static final Logger LOG = Logger.getLogger(MetricsRoute.class);

  private final CollectorRegistry registry;

  @Inject
  MetricsRoute(CollectorRegistry registry) {
    this.registry = registry;
  }

  void register(@Observes Router router) {
    // Not on the event loop: a large exposition takes a while and waits for a slow reader.
    router.get("/metrics").blockingHandler(this::scrape, false);
  }

  private void scrape(RoutingContext context) {
    String format = TextFormat.chooseContentType(context.request().getHeader("Accept"));
    Set<String> names = new HashSet<>(context.queryParam("name[]"));
    HttpServerResponse response = context.response();
    response.putHeader("Content-Type", format).setChunked(true);
    try (ResponseWriter writer = new ResponseWriter(response)) {
      TextFormat.writeFormat(
          format, writer, MergedFamilies.of(registry.filteredMetricFamilySamples(names)));
    } catch (IOException e) {
      // The scraper went away; it will come again.
      LOG.debugf("scrape ended early: %s", e.getMessage());
    }
  }
}
