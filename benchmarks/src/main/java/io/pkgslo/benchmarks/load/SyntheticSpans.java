// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.benchmarks.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Records as otelhttp and the Collector's exporter make them: one resource, scopes named by import
 * path, 300 spans of about 585 bytes with ten attributes each, in traces of ten spans. Fixed seed.
 */
public final class SyntheticSpans {
  /** Spans per record. */
  public static final int SPANS = 300;

  private static final long SEED = 42;
  private static final long START = 1_700_000_000_000_000_000L;
  private static final int SPANS_PER_TRACE = 10;
  private static final int ONE_IN_ERRORS = 200;
  private static final int ONE_IN_OTHER_KIND = 50;

  private SyntheticSpans() {}

  /**
   * Records that together name every subject at least once.
   *
   * @param services services, each with its own packages
   * @param versions versions of every service, all with the same packages
   * @param packages packages of each service, a multiple of {@code perRecord}
   * @param perRecord packages in one record, a divisor of {@link #SPANS}
   */
  public record Shape(int services, int versions, int packages, int perRecord) {
    public Shape {
      if (packages % perRecord != 0 || SPANS % perRecord != 0) {
        throw new IllegalArgumentException("packages do not fill records: " + packages);
      }
    }

    /** Distinct (service, version, package). */
    public int subjects() {
      return services * versions * packages;
    }
  }

  /** All records of a shape, in an order in which neighbours are of different services. */
  public static List<byte[]> records(Shape shape) {
    Random random = new Random(SEED);
    List<byte[]> records = new ArrayList<>();
    for (int first = 0; first < shape.packages(); first += shape.perRecord()) {
      for (int version = 0; version < shape.versions(); version++) {
        for (int service = 0; service < shape.services(); service++) {
          records.add(record(random, service, version, first, shape.perRecord()).toByteArray());
        }
      }
    }
    return records;
  }

  /** One record of ten packages, as a message. */
  public static TracesData sample() {
    return record(new Random(SEED), 0, 0, 0, 10);
  }

  private static TracesData record(
      Random random, int service, int version, int firstPackage, int packages) {
    Resource.Builder resource =
        Resource.newBuilder()
            .addAttributes(text("service.name", "shop-" + service))
            .addAttributes(text("service.version", "v1." + version + ".0"))
            .addAttributes(text("k8s.pod.uid", "pod-" + service + "-" + version + "-7d9f5b6c4d"))
            .addAttributes(text("host.name", "node-" + random.nextInt(100)));
    ResourceSpans.Builder perResource = ResourceSpans.newBuilder().setResource(resource);
    int perScope = SPANS / packages;
    Ids ids = new Ids(random);
    for (int i = 0; i < packages; i++) {
      String path = "github.com/acme/shop" + service + "/internal/pkg" + (firstPackage + i);
      ScopeSpans.Builder scope = ScopeSpans.newBuilder();
      scope.getScopeBuilder().setName(path);
      for (int j = 0; j < perScope; j++) {
        scope.addSpans(span(random, ids, path));
      }
      perResource.addScopeSpans(scope);
    }
    return TracesData.newBuilder().addResourceSpans(perResource).build();
  }

  /** Mutable: ids of spans that follow each other, each the parent of the next in its trace. */
  private static final class Ids {
    private final Random random;
    private ByteString trace = ByteString.EMPTY;
    private ByteString parent = ByteString.EMPTY;
    private int left;

    Ids(Random random) {
      this.random = random;
    }

    /** Returns true if the span is the root of its trace. */
    boolean next(Span.Builder span) {
      if (left == 0) {
        trace = bytes(random, 16);
        parent = ByteString.EMPTY;
        left = SPANS_PER_TRACE;
      }
      left--;
      ByteString id = bytes(random, 8);
      span.setTraceId(trace).setSpanId(id).setParentSpanId(parent);
      boolean root = parent.isEmpty();
      parent = id;
      return root;
    }
  }

  private static Span span(Random random, Ids ids, String goPackage) {
    long start = START + random.nextInt(1_000_000_000);
    Span.Builder span = Span.newBuilder();
    boolean root = ids.next(span);
    if (random.nextInt(ONE_IN_ERRORS) == 0) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
    return span.setName("GET /api/v1/orders/{id}")
        .setKindValue(root ? Span.SpanKind.SPAN_KIND_SERVER_VALUE : kind(random, goPackage))
        .setStartTimeUnixNano(start)
        .setEndTimeUnixNano(start + random.nextInt(50_000_000))
        .setFlags(0x101)
        .addAttributes(text("http.request.method", "GET"))
        .addAttributes(text("http.route", "/api/v1/orders/{id}"))
        .addAttributes(number("http.response.status_code", 200))
        .addAttributes(text("code.function.name", goPackage + ".Charge"))
        .addAttributes(text("server.address", "orders.shop.svc.eu-west-1.cluster.local"))
        .addAttributes(number("server.port", 8080))
        .addAttributes(text("url.path", "/api/v1/orders/" + uuid(random)))
        .addAttributes(
            text("user_agent.original", "grpc-go/1.77.0 shop-frontend/v2.3.0 (linux; amd64)"))
        .addAttributes(text("network.protocol.version", "2"))
        .addAttributes(text("client.address", "10.1." + random.nextInt(256) + ".17"))
        .build();
  }

  /** A package has one kind of spans nearly always: most are inner ones, some serve, some call. */
  private static int kind(Random random, String goPackage) {
    Span.SpanKind[] usual = {
      Span.SpanKind.SPAN_KIND_INTERNAL,
      Span.SpanKind.SPAN_KIND_INTERNAL,
      Span.SpanKind.SPAN_KIND_INTERNAL,
      Span.SpanKind.SPAN_KIND_SERVER,
      Span.SpanKind.SPAN_KIND_CLIENT
    };
    boolean other = random.nextInt(ONE_IN_OTHER_KIND) == 0;
    return other
        ? Span.SpanKind.SPAN_KIND_CLIENT_VALUE
        : usual[Math.floorMod(goPackage.hashCode(), usual.length)].getNumber();
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static ByteString bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
