// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What each path needs, and with which methods it is served. Paths that nobody declared are
 * protected too: whatever is not reading needs an operator, so that a new resource cannot be
 * forgotten.
 */
final class Paths {
  /** What a person decides against the evidence: the token of a pipeline must not suffice. */
  private static final Pattern ADMINISTRATION = Pattern.compile("/api/v1/(.*/)?overrides(/.*)?");

  private final List<Rule> rules = new ArrayList<>();
  private final List<Served> served = new ArrayList<>();

  private record Rule(Endpoint endpoint, Pattern path) {}

  private record Served(Set<String> methods, Pattern path) {}

  /**
   * @param others methods by path that is served, by endpoints or by others
   */
  Paths(List<Endpoint> endpoints, Map<String, Set<String>> others) {
    for (Endpoint endpoint : endpoints) {
      Pattern path = pattern(endpoint.path());
      rules.add(new Rule(endpoint, path));
      served.add(new Served(endpoint.methods(), path));
    }
    others.forEach((path, methods) -> served.add(new Served(methods, pattern(path))));
  }

  private static Pattern pattern(String path) {
    StringBuilder regex = new StringBuilder();
    for (String part : path.substring(1).split("/", -1)) {
      regex.append('/').append(part.startsWith("{") ? "[^/]+" : Pattern.quote(part));
    }
    return Pattern.compile(regex.toString());
  }

  Need need(String method, String path) {
    for (Rule rule : rules) {
      if (rule.endpoint().methods().contains(method) && rule.path().matcher(path).matches()) {
        return rule.endpoint().need();
      }
    }
    return switch (method) {
      case "GET" -> Need.READ;
      default -> ADMINISTRATION.matcher(path).matches() ? Need.ADMINISTER : Need.OPERATE;
    };
  }

  /** The methods with which a path is served; empty where nothing is. */
  Set<String> methods(String path) {
    // With a slash at its end it is the same to those who serve it.
    String same = path.replaceFirst("/+$", "");
    Set<String> methods = new TreeSet<>();
    for (Served one : served) {
      if (one.path().matcher(same).matches()) {
        methods.addAll(one.methods());
      }
    }
    return methods;
  }
}
