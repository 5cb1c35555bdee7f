// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pkgslo.golang.Finding;
import io.pkgslo.golang.crash.GoPanic;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What pkgslo sees in something, for people and as JSON. */
record Explanation(List<Panic> panics, List<Init> inits, List<Attribution> attributions) {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * A panic, once, however often it is reported.
   *
   * @param kind panic, fatal or signal
   * @param function without its package; null when no stack tells
   * @param why which frame is to blame and by which rule; empty when not known
   */
  record Panic(
      String kind,
      String goPackage,
      @Nullable String function,
      String message,
      boolean recovered,
      boolean initFailure,
      String why) {}

  /** The initialisation of a package. */
  record Init(String goPackage, double seconds) {}

  /**
   * To which package an item belongs.
   *
   * @param text the item, shortened
   * @param source what decided
   */
  record Attribution(String text, String goPackage, String source) {}

  Explanation {
    panics = List.copyOf(panics);
    inits = List.copyOf(inits);
    attributions = List.copyOf(attributions);
  }

  static Explanation of(List<Finding> findings) {
    List<Panic> panics = new ArrayList<>();
    List<Init> inits = new ArrayList<>();
    List<Attribution> attributions = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding instanceof Finding.PanicFound found) {
        panics.add(of(found));
      } else if (finding instanceof Finding.InitFound found) {
        inits.add(new Init(found.init().pkg().path(), seconds(found.init().clockNanos())));
      } else if (finding instanceof Finding.Attributed found) {
        attributions.add(new Attribution(found.text(), found.pkg().path(), found.source()));
      }
    }
    return new Explanation(panics, inits, attributions);
  }

  private static Panic of(Finding.PanicFound found) {
    GoPanic panic = found.panic();
    String file = panic.file();
    return new Panic(
        name(panic.kind()),
        found.pkg().path(),
        panic.function().isEmpty() ? null : panic.function(),
        panic.message(),
        panic.recovered(),
        panic.initFailure(),
        file == null ? panic.blamed().why() : file + ", " + panic.blamed().why());
  }

  /** An enum's constant as people write it. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }

  void print(PrintWriter out) {
    if (panics.isEmpty() && inits.isEmpty() && attributions.isEmpty()) {
      out.println("nothing that a Go program writes about panics, inits or packages");
    }
    for (Panic panic : panics) {
      String kind = panic.initFailure() ? "init failure" : panic.kind();
      String recovered = panic.recovered() ? " (recovered)" : "";
      out.printf("%s in %s: %s%s%n", kind, panic.goPackage(), panic.message(), recovered);
      if (panic.function() != null) {
        out.printf("  blamed: %s, %s%n", panic.function(), panic.why());
      }
    }
    for (Init init : inits) {
      out.printf(Locale.ROOT, "init of %s took %.6f s%n", init.goPackage(), init.seconds());
    }
    for (Attribution item : attributions) {
      out.printf("%s belongs to %s, says the %s%n", item.text(), item.goPackage(), item.source());
    }
  }

  String json() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    ArrayNode panicsJson = root.putArray("panics");
    for (Panic panic : panics) {
      panicsJson
          .addObject()
          .put("kind", panic.kind())
          .put("package", panic.goPackage())
          .put("function", panic.function())
          .put("message", panic.message())
          .put("recovered", panic.recovered())
          .put("initFailure", panic.initFailure());
    }
    ArrayNode initsJson = root.putArray("inits");
    for (Init init : inits) {
      initsJson.addObject().put("package", init.goPackage()).put("seconds", init.seconds());
    }
    ArrayNode attributionsJson = root.putArray("attributions");
    for (Attribution item : attributions) {
      attributionsJson
          .addObject()
          .put("text", item.text())
          .put("package", item.goPackage())
          .put("source", item.source());
    }
    return mapper.writeValueAsString(root);
  }
}
