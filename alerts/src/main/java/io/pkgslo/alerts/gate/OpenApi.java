// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pkgslo.alerts.gate.access.Need;
import io.pkgslo.alerts.gate.http.Endpoint;
import io.pkgslo.alerts.gate.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The description of the whole API, written by hand and compared with the code by a test. */
final class OpenApi {
  private static final String RESOURCE = "/openapi.yaml";

  private OpenApi() {}

  static List<Endpoint> endpoints() {
    Reply description = Reply.ok(read());
    return Stream.of("/openapi", "/q/openapi")
        .map(path -> new Endpoint("openapi", Set.of("GET"), path, Need.NOTHING, a -> description))
        .toList();
  }

  /** With which methods each path is served, by gates and by JAX-RS. */
  static Map<String, Set<String>> methods() {
    Map<String, Set<String>> methods = new HashMap<>();
    for (Map.Entry<String, JsonNode> path : read().path("paths").properties()) {
      Set<String> served = new TreeSet<>();
      path.getValue()
          .fieldNames()
          .forEachRemaining(method -> served.add(method.toUpperCase(Locale.ROOT)));
      methods.put(path.getKey(), served);
    }
    return methods;
  }

  private static JsonNode read() {
    try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not in this jar");
      }
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }
}
