// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import java.util.List;
import java.util.Map;

/**
 * What the user says about packages.
 *
 * @param overrideAttributes span and log attributes that name the package and win over everything,
 *     the first that is there
 * @param modulePrefixes import paths of modules without a host name, such as {@code myapp}
 * @param routes package of a route or RPC method whose span names no package: {@code GET
 *     /cart/{id}}, {@code /cart/{id}}, {@code shop.Cart/Get} or {@code shop.Cart}; each also with
 *     the service and a blank before it, which wins
 * @param mainPackages import path of a service's {@code main}, by service
 */
public record PackageRules(
    List<String> overrideAttributes,
    List<String> modulePrefixes,
    Map<String, String> routes,
    Map<String, String> mainPackages) {
  /** One override attribute, {@code go.package.path}, and nothing else. */
  public static final PackageRules DEFAULT =
      new PackageRules(List.of("go.package.path"), List.of(), Map.of(), Map.of());

  public PackageRules {
    overrideAttributes = List.copyOf(overrideAttributes);
    modulePrefixes = List.copyOf(modulePrefixes);
    routes = Map.copyOf(routes);
    mainPackages = Map.copyOf(mainPackages);
  }
}
