// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AnyValueView;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import io.pkgslo.ingest.decode.ValueKind;
import io.pkgslo.model.SpanTraits;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Under which name a CLIENT or PRODUCER span calls somebody, and under which name a SERVER or
 * CONSUMER span was called: both sides write the same gRPC service, queue, or host of the URL, so
 * that who calls and who answers can be brought together without a table. What came before costs
 * one lookup and gives the same object. Single-threaded.
 */
final class PeerNames {
  private static final int CAPACITY = 20_000;
  private static final int MAX_CHARS = 200;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** Names that mean another process in every pod. */
  private static final Set<String> NOBODY = Set.of("localhost", "0.0.0.0", "::", "::1", "[::1]");

  private static final String LOOPBACK = "127.";

  private static final long OF_BOTH_SIDES =
      Key.setOf(
          Key.RPC_SERVICE,
          Key.RPC_METHOD,
          Key.MESSAGING_DESTINATION_NAME,
          Key.MESSAGING_DESTINATION,
          Key.SERVER_ADDRESS);
  private static final long OF_CALLER =
      OF_BOTH_SIDES | Key.setOf(Key.PEER_SERVICE, Key.SERVICE_PEER_NAME, Key.NET_PEER_NAME);
  private static final long OF_CALLED = OF_BOTH_SIDES | Key.setOf(Key.NET_HOST_NAME);

  private final CacheKey key = new CacheKey();
  private final SliceCache<String> known = new SliceCache<>(CAPACITY);

  /**
   * The name, with its kind: {@code service:cart}, {@code rpc:shop.Cart}, {@code
   * queue:kafka/orders}, {@code host:cart:8080}; empty when the span does not say, or is of another
   * kind.
   */
  String of(int kind, AttributesView span) {
    return switch (kind) {
      case SpanTraits.KIND_CLIENT, SpanTraits.KIND_PRODUCER -> called(span);
      case SpanTraits.KIND_SERVER, SpanTraits.KIND_CONSUMER ->
          span.mayHaveAny(OF_CALLED) ? first(span, Key.NET_HOST_NAME, Key.NET_HOST_PORT) : "";
      default -> "";
    };
  }

  private String called(AttributesView span) {
    if (!span.mayHaveAny(OF_CALLER)) {
      return "";
    }
    Slice service = present(Values.firstText(span, Key.PEER_SERVICE, Key.SERVICE_PEER_NAME));
    return service == null
        ? first(span, Key.NET_PEER_NAME, Key.NET_PEER_PORT)
        : cached("service:", service, null, 0);
  }

  /** By what the two sides agree on best. */
  private String first(AttributesView span, Key oldHost, Key oldPort) {
    Slice service = present(span.text(Key.RPC_SERVICE.id()));
    if (service != null) {
      return cached("rpc:", service, null, 0);
    }
    Slice method = present(span.text(Key.RPC_METHOD.id()));
    String ofMethod = method == null ? "" : cached("method:", method, null, 0);
    return ofMethod.isEmpty() ? queueOrHost(span, oldHost, oldPort) : ofMethod;
  }

  private String queueOrHost(AttributesView span, Key oldHost, Key oldPort) {
    Slice queue =
        present(Values.firstText(span, Key.MESSAGING_DESTINATION_NAME, Key.MESSAGING_DESTINATION));
    if (queue != null) {
      return cached("queue:", queue, span.text(Key.MESSAGING_SYSTEM.id()), 0);
    }
    Slice host = present(span.text(Key.SERVER_ADDRESS.id()));
    if (host != null) {
      return cached("host:", host, null, port(span, Key.SERVER_PORT));
    }
    host = present(span.text(oldHost.id()));
    return host == null ? "" : cached("host:", host, null, port(span, oldPort));
  }

  private static @Nullable Slice present(@Nullable Slice text) {
    return text == null || text.isEmpty() || text.length() > MAX_CHARS ? null : text;
  }

  /** 0 where there is none, or the one of the scheme: one side often leaves it out. */
  private static int port(AttributesView span, Key portKey) {
    AnyValueView value = span.get(portKey.id());
    if (value == null) {
      return 0;
    }
    long port = 0;
    if (value.kind() == ValueKind.INT) {
      port = value.longValue();
    } else {
      OptionalLong written = Values.wholeNumber(span, portKey);
      port = written.isPresent() ? written.getAsLong() : 0;
    }
    boolean usual = port == HTTP_PORT || port == HTTPS_PORT;
    return usual || port < 0 || port > Character.MAX_VALUE ? 0 : (int) port;
  }

  private String cached(String form, Slice name, @Nullable Slice group, int port) {
    key.begin().add(form).add(name).add(group).add(port);
    String cached = known.get(key.slice());
    if (cached == null) {
      cached = spelled(form, name.toString(), Values.string(group), port);
      known.put(key.slice(), cached);
    }
    return cached;
  }

  private static String spelled(String form, String name, @Nullable String group, int port) {
    return switch (form) {
      case "method:" -> serviceOf(name);
      case "queue:" -> form + (group == null ? "" : group) + "/" + name;
      case "host:" -> host(form, name.toLowerCase(Locale.ROOT), port);
      default -> form + name;
    };
  }

  /** Newer conventions write the service into the method: {@code shop.Cart/Get}. */
  private static String serviceOf(String method) {
    String full = method.startsWith("/") ? method.substring(1) : method;
    int slash = full.indexOf('/');
    // A method alone says nothing about who has it.
    return slash <= 0 ? "" : "rpc:" + full.substring(0, slash);
  }

  private static String host(String form, String name, int port) {
    if (NOBODY.contains(name) || name.startsWith(LOOPBACK)) {
      return "";
    }
    return form + name + (port == 0 ? "" : ":" + port);
  }
}
