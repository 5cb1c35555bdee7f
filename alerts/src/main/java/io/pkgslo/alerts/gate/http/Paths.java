// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.gate.http;

import io.pkgslo.alerts.gate.access.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What each path needs. Paths that nobody declared are protected too: whatever is not reading needs
 * an operator, so that a new resource cannot be forgotten.
 */
final class Paths {
  /** What a person decides against the evidence: the token of a pipeline must not suffice. */
  private static final Pattern ADMINISTRATION = Pattern.compile("/api/v1/(.*/)?overrides(/.*)?");

  private final List<Rule> rules = new ArrayList<>();

  private record Rule(Endpoint endpoint, Pattern path) {}

  Paths(List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      rules.add(new Rule(endpoint, pattern(endpoint.path())));
    }
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

  /** The methods with which a path is served here; empty where nothing is. */
  Set<String> methods(String path) {
    Set<String> methods = new TreeSet<>();
    for (Rule rule : rules) {
      if (rule.path().matcher(path).matches()) {
        methods.addAll(rule.endpoint().methods());
      }
    }
    return methods;
  }
}
