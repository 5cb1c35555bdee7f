// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

import io.pkgslo.golang.attribute.CodeAttributes;
import io.pkgslo.golang.symbol.GoPackage;
import io.pkgslo.ingest.decode.AttributesView;
import io.pkgslo.ingest.decode.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The package that {@code code.*} attributes name. What came before costs one lookup.
 * Single-threaded.
 */
final class CodePackages {
  private static final int CAPACITY = 50_000;
  private static final long ANY =
      Key.setOf(
          Key.CODE_FUNCTION_NAME,
          Key.CODE_FUNCTION,
          Key.CODE_NAMESPACE,
          Key.CODE_FILE_PATH,
          Key.CODE_FILEPATH);
  private static final long BESIDE_FUNCTION_NAME =
      Key.setOf(Key.CODE_FUNCTION, Key.CODE_NAMESPACE, Key.CODE_FILE_PATH, Key.CODE_FILEPATH);

  /** Stands for {@code main}, whose import path depends on the service. */
  private static final String MAIN = GoPackage.MAIN.path();

  private final Mains mains;
  private final CacheKey key = new CacheKey();
  private final SliceCache<String> known = new SliceCache<>(CAPACITY);

  /** Of functions that stand alone: without a path for {@code main}. */
  private final SliceCache<String> functions = new SliceCache<>(CAPACITY);

  CodePackages(Mains mains) {
    this.mains = mains;
  }

  /** Import path; empty when the attributes name none. */
  String of(AttributesView attributes, String service) {
    if (!attributes.mayHaveAny(ANY)) {
      return "";
    }
    Slice functionName = attributes.text(Key.CODE_FUNCTION_NAME.id());
    if (functionName != null && !attributes.mayHaveAny(BESIDE_FUNCTION_NAME)) {
      String path = ofFunction(functionName);
      if (!path.equals(MAIN)) {
        return path;
      }
    }
    return ofAll(attributes, functionName, service);
  }

  /** The usual case: its name is the key as it stands in the record, and nothing is copied. */
  private String ofFunction(Slice functionName) {
    String path = functions.get(functionName);
    if (path == null) {
      GoPackage named = CodeAttributes.packageOf(functionName.toString(), null, null, null);
      path = named == null || named.isUnattributed() ? "" : named.path();
      functions.put(functionName, path);
    }
    return path;
  }

  private String ofAll(AttributesView attributes, @Nullable Slice functionName, String service) {
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
