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
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import org.jboss.logging.Logger;

/**
 * {@code GET /metrics}: everything that the application streams or registers, in the Prometheus
 * text format or in OpenMetrics, as the Accept header asks. {@code ?name[]=...} keeps only the
 * named series, {@code ?service=...} those of the named services.
 */
@ApplicationScoped
class MetricsRoute {
  private static final Logger LOG = Logger.getLogger(MetricsRoute.class);

  private final CollectorRegistry registry;
  private final MetricsStreams streams;

  @Inject
  MetricsRoute(CollectorRegistry registry, MetricsStreams streams) {
    this.registry = registry;
    this.streams = streams;
  }

  void register(@Observes Router router) {
    // Not on the event loop: a large exposition takes a while and waits for a slow reader.
    router.get("/metrics").blockingHandler(this::scrape, false);
  }

  private void scrape(RoutingContext context) {
    String format = TextFormat.chooseContentType(context.request().getHeader("Accept"));
    MetricsQuery query =
        new MetricsQuery(
            new HashSet<>(context.queryParam("name[]")),
            new HashSet<>(context.queryParam("service")));
    HttpServerResponse response = context.response();
    response.putHeader("Content-Type", format).setChunked(true);
    try (ResponseStream out = new ResponseStream(response);
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      MetricsText text = new MetricsText(out, format);
      for (StreamedMetrics stream : streams.all()) {
        stream.write(query, text);
      }
      text.flush();
      // Behind the streams: it writes the end of OpenMetrics.
      TextFormat.writeFormat(
          format,
          writer,
          query.filter(MergedFamilies.of(registry.filteredMetricFamilySamples(query.names()))));
    } catch (IOException e) {
      // The scraper went away; it will come again.
      LOG.debugf("scrape ended early: %s", e.getMessage());
    }
  }
}
