// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.pkgslo.ingest.Otlp;
import org.junit.jupiter.api.Test;

/** Who calls and who is called write one name, in all versions of the conventions. */
class PeerNamesTest {
  private static final Resource RESOURCE = Otlp.resource("service.name", "checkout");

  private static String peer(Span.SpanKind kind, Object... attributes) {
    Span.Builder span =
        Otlp.span(1, 1, FactRecorder.NOW_NANOS)
            .setKind(kind)
            .addAllAttributes(Otlp.attributes(attributes));
    return new FactRecorder().read(Otlp.traces(RESOURCE, "x", span)).onlySpan().peer();
  }

  private static String client(Object... attributes) {
    return peer(Span.SpanKind.SPAN_KIND_CLIENT, attributes);
  }

  private static String server(Object... attributes) {
    return peer(Span.SpanKind.SPAN_KIND_SERVER, attributes);
  }

  @Test
  void http_isTheHostOfTheUrl() {
    assertThat(client("server.address", "Cart", "server.port", 8080)).isEqualTo("host:cart:8080");
    assertThat(server("server.address", "cart", "server.port", 8080)).isEqualTo("host:cart:8080");
    assertThat(client("net.peer.name", "cart", "net.peer.port", "8080"))
        .isEqualTo("host:cart:8080");
    assertThat(server("net.host.name", "cart", "net.host.port", 8080)).isEqualTo("host:cart:8080");
    // The port of the scheme is left out by one side or the other.
    assertThat(client("server.address", "cart", "server.port", 443)).isEqualTo("host:cart");
    assertThat(server("server.address", "cart")).isEqualTo("host:cart");
    assertThat(client("server.address", "cart", "server.port", -1)).isEqualTo("host:cart");
    assertThat(client("server.address", "cart", "server.port", "http")).isEqualTo("host:cart");
  }

  /** The client of otelgrpc before 0.65, the server after it, and the other way round. */
  @Test
  void grpc_isTheServiceOfTheMethod() {
    assertThat(client("rpc.service", "shop.Cart", "rpc.method", "Get", "server.address", "x"))
        .isEqualTo("rpc:shop.Cart");
    assertThat(server("rpc.method", "shop.Cart/Get", "server.address", "10.0.0.1"))
        .isEqualTo("rpc:shop.Cart");
    assertThat(server("rpc.method", "/shop.Cart/Get")).isEqualTo("rpc:shop.Cart");
    assertThat(client("rpc.method", "Get", "server.address", "cart")).isEqualTo("host:cart");
  }

  @Test
  void messages_areOfTheirQueue() {
    Object[] attributes = {
      "messaging.system", "kafka", "messaging.destination.name", "orders", "server.address", "k1"
    };
    assertThat(peer(Span.SpanKind.SPAN_KIND_PRODUCER, attributes)).isEqualTo("queue:kafka/orders");
    assertThat(peer(Span.SpanKind.SPAN_KIND_CONSUMER, attributes)).isEqualTo("queue:kafka/orders");
    assertThat(peer(Span.SpanKind.SPAN_KIND_PRODUCER, "messaging.destination", "orders"))
        .isEqualTo("queue:/orders");
  }

  @Test
  void peerService_isTheUsersWord() {
    assertThat(client("peer.service", "cart", "rpc.service", "shop.Cart"))
        .isEqualTo("service:cart");
    assertThat(client("service.peer.name", "cart")).isEqualTo("service:cart");
    assertThat(server("peer.service", "cart")).isEmpty();
  }

  @Test
  void nobody_isNamed() {
    assertThat(client()).isEmpty();
    assertThat(client("server.address", "localhost", "server.port", 8080)).isEmpty();
    assertThat(client("server.address", "127.0.0.1")).isEmpty();
    assertThat(client("server.address", "x".repeat(300))).isEmpty();
    assertThat(client("server.address", 5)).isEmpty();
    assertThat(peer(Span.SpanKind.SPAN_KIND_INTERNAL, "server.address", "cart")).isEmpty();
  }

  @Test
  void nameThatCameBefore_isOneObject() {
    Span.Builder span =
        Otlp.span(1, 1, FactRecorder.NOW_NANOS)
            .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
            .addAllAttributes(Otlp.attributes("server.address", "cart", "server.port", 8080));
    FactRecorder facts = new FactRecorder();
    facts.read(Otlp.traces(RESOURCE, "x", span)).read(Otlp.traces(RESOURCE, "x", span));
    assertThat(facts.spans.get(1).peer()).isSameAs(facts.spans.get(0).peer());
  }
}
