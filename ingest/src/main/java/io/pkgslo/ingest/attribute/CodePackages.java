// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.attribute.CodeAttributes;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The package that {@code code.*} attributes name. What came before costs one lookup.
 * Single-threaded.
 */
final class CodePackages {
  private static final int CAPACITY = 50_000;

  private final Mains mains;
  private final CacheKey key = new CacheKey();
  private final SliceCache<String> known = new SliceCache<>(CAPACITY);

  CodePackages(Mains mains) {
    this.mains = mains;
  }

  /** Import path; empty when the attributes name none. */
  String of(AttributesView attributes, String service) {
    Slice functionName = attributes.text(Key.CODE_FUNCTION_NAME.id());
    Slice function = attributes.text(Key.CODE_FUNCTION.id());
    Slice namespace = attributes.text(Key.CODE_NAMESPACE.id());
    Slice file = Values.firstText(attributes, Key.CODE_FILE_PATH, Key.CODE_FILEPATH);
    if (functionName == null && function == null && namespace == null && file == null) {
      return "";
    }
    key.begin().add(service).add(functionName).add(function).add(namespace).add(file);
    String goPackage = known.get(key.slice());
    if (goPackage == null) {
      goPackage = resolve(functionName, function, namespace, file, service);
      known.put(key.slice(), goPackage);
    }
    return goPackage;
  }

  private String resolve(
      @Nullable Slice functionName,
      @Nullable Slice function,
      @Nullable Slice namespace,
      @Nullable Slice file,
      String service) {
    String filePath = Values.string(file);
    return mains.path(
        CodeAttributes.packageOf(
            Values.string(functionName),
            Values.string(namespace),
            Values.string(function),
            filePath),
        filePath,
        service);
  }
}
