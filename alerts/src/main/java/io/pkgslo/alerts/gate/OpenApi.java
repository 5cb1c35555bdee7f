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
import java.util.List;
import java.util.Set;
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
