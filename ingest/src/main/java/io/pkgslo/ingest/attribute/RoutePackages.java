// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user's table of routes and RPC methods; the most specific entry decides. What came before
 * costs one lookup. Single-threaded.
 */
final class RoutePackages {
  private static final int CAPACITY = 20_000;

  private final Map<String, String> table;
  private final CacheKey key = new CacheKey();
  private final SliceCache<String> known = new SliceCache<>(CAPACITY);

  RoutePackages(PackageRules rules) {
    table = rules.routes();
  }

  /** Import path; empty when the table does not know what is called. */
  String of(AttributesView attributes, String service) {
    if (table.isEmpty()) {
      return "";
    }
    Slice route = attributes.text(Key.HTTP_ROUTE.id());
    Slice httpMethod = Values.firstText(attributes, Key.HTTP_METHOD, Key.HTTP_METHOD_OLD);
    Slice rpcService = attributes.text(Key.RPC_SERVICE.id());
    Slice rpcMethod = attributes.text(Key.RPC_METHOD.id());
    if (route == null && rpcService == null && rpcMethod == null) {
      return "";
    }
    key.begin().add(service).add(httpMethod).add(route).add(rpcService).add(rpcMethod);
    String goPackage = known.get(key.slice());
    if (goPackage == null) {
      List<String> names = new ArrayList<>(httpNames(httpMethod, route));
      names.addAll(rpcNames(rpcService, rpcMethod));
      goPackage = lookUp(names, service);
      known.put(key.slice(), goPackage);
    }
    return goPackage;
  }

  private String lookUp(List<String> names, String service) {
    for (String name : names) {
      String found = table.get(service + " " + name);
      if (found == null) {
        found = table.get(name);
      }
      if (found != null) {
        return found;
      }
    }
    return "";
  }

  private static List<String> httpNames(@Nullable Slice method, @Nullable Slice route) {
    if (route == null) {
      return List.of();
    }
    return method == null
        ? List.of(route.toString())
        : List.of(method + " " + route, route.toString());
  }

  /** Newer conventions write the service into the method: {@code shop.Cart/Get}. */
  private static List<String> rpcNames(@Nullable Slice service, @Nullable Slice method) {
    if (method == null) {
      return service == null ? List.of() : List.of(service.toString());
    }
    String full = method.toString();
    if (service != null && full.indexOf('/') < 0) {
      full = service + "/" + full;
    }
    int slash = full.indexOf('/');
    return slash < 0 ? List.of(full) : List.of(full, full.substring(0, slash));
  }
}
