// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import io.pkgslo.analyzer.AnalyzerConfig;
import io.pkgslo.analyzer.CodeSettings;
import io.pkgslo.ingest.ConfiguredSettings;
import io.pkgslo.ingest.IngestConfig;
import io.pkgslo.ingest.attribute.AttributeSettings;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSourceLoader;

/**
 * What is configured for services that are started here, read as they read it: system properties,
 * environment, {@code config/application.properties} or {@code .yaml}.
 *
 * @param attribute how ingest attributes
 * @param code how the analyzer reads crashes
 */
record ServiceSettings(AttributeSettings attribute, CodeSettings code) {
  private static final String FILE = "config/application.properties";

  /** As Quarkus ranks the file. */
  private static final int ORDINAL = 260;

  /**
   * @throws BadArgumentsException for settings with which the services would not start
   */
  static ServiceSettings read() {
    ClassLoader loader = ServiceSettings.class.getClassLoader();
    try {
      SmallRyeConfig config =
          new SmallRyeConfigBuilder()
              .forClassLoader(loader)
              .addDefaultInterceptors()
              .addDefaultSources()
              .addDiscoveredConverters()
              .withSources(PropertiesConfigSourceLoader.inFileSystem(FILE, ORDINAL, loader))
              .withSources(new YamlConfigSourceLoader.InFileSystem())
              .withMapping(IngestConfig.class)
              .withMapping(AnalyzerConfig.class)
              .build();
      AnalyzerConfig analyzer = config.getConfigMapping(AnalyzerConfig.class);
      return new ServiceSettings(
          ConfiguredSettings.attribute(config.getConfigMapping(IngestConfig.class)),
          CodeSettings.of(analyzer.correlate(), config));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new BadArgumentsException("settings of the services: " + e.getMessage());
    }
  }
}
