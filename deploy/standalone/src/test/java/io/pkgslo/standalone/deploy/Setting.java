// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import io.pkgslo.alerts.AlertsConfig;
import io.pkgslo.analyzer.AnalyzerConfig;
import io.pkgslo.ingest.IngestConfig;
import io.pkgslo.platform.TelemetryConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A setting as the code declares it.
 *
 * @param name as in a properties file; of a map, with {@code .*} for the part that is free
 * @param type in the words of the documentation
 * @param defaultValue as it would be written; null when the code has none
 */
record Setting(String name, String type, String defaultValue) {
  private static final List<Class<?>> MAPPINGS =
      List.of(IngestConfig.class, AnalyzerConfig.class, AlertsConfig.class, TelemetryConfig.class);
  private static final List<String> SERVICES =
      List.of(
          "io.pkgslo.ingest.IngestService",
          "io.pkgslo.analyzer.AnalyzerService",
          "io.pkgslo.alerts.AlertsService");

  /** Every setting of the three services but those of Kafka's clients. */
  static List<Setting> all() {
    List<Setting> settings = new ArrayList<>();
    for (Class<?> mapping : MAPPINGS) {
      collect(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping, settings);
    }
    SERVICES.stream().flatMap(Setting::injected).distinct().forEach(settings::add);
    return settings;
  }

  private static void collect(String prefix, Class<?> group, List<Setting> settings) {
    for (Method method : group.getDeclaredMethods()) {
      String name = prefix + "." + kebab(method.getName());
      Class<?> type = method.getReturnType();
      if (type.isInterface() && type.getEnclosingClass() != null) {
        collect(name, type, settings);
      } else {
        WithDefault given = method.getAnnotation(WithDefault.class);
        String free = word(method.getGenericReturnType()).equals("map") ? ".*" : "";
        settings.add(
            new Setting(
                name + free,
                word(method.getGenericReturnType()),
                given == null ? null : given.value()));
      }
    }
  }

  private static Stream<Setting> injected(String service) {
    try {
      return Arrays.stream(Class.forName(service).getDeclaredConstructors())
          .map(Constructor::getParameters)
          .flatMap(Arrays::stream)
          .filter(parameter -> parameter.isAnnotationPresent(ConfigProperty.class))
          .map(Setting::injected);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(service + " is gone: name the class that replaced it", e);
    }
  }

  private static Setting injected(Parameter parameter) {
    ConfigProperty property = parameter.getAnnotation(ConfigProperty.class);
    return new Setting(property.name(), word(parameter.getType()), property.defaultValue());
  }

  private static String kebab(String method) {
    return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String word(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      return raw == Optional.class
          ? word(generic.getActualTypeArguments()[0])
          : raw == Map.class ? "map" : raw == List.class ? "list" : unknown(type);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      return Arrays.stream(plain.getEnumConstants())
          .map(constant -> "`" + constant.toString().toLowerCase(Locale.ROOT) + "`")
          .collect(Collectors.joining(" or "));
    }
    return switch (plain.getSimpleName()) {
      case "boolean" -> "yes or no";
      case "int", "long" -> "whole number";
      case "double" -> "number";
      case "String" -> "text";
      default ->
          plain == Duration.class ? "duration" : plain == Path.class ? "path" : unknown(type);
    };
  }

  private static String unknown(Type type) {
    throw new IllegalStateException("say in words what a setting of type " + type + " is");
  }

  /** The environment variable that sets it; null for maps, whose keys it could not spell. */
  String environment() {
    return name.endsWith("*") ? null : environment(name);
  }

  static String environment(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
