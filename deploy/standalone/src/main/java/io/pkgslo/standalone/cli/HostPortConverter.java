// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Kafka's bootstrap servers: {@code host:port}, several with commas between them. */
final class HostPortConverter implements ITypeConverter<String> {
  private static final Pattern ONE =
      Pattern.compile("([^\\s,:\\[\\]]+|\\[[0-9a-fA-F:.]+]):[0-9]{1,5}");

  private HostPortConverter() {}

  @Override
  public String convert(String text) {
    for (String part : text.split(",", -1)) {
      if (!ONE.matcher(part).matches()
          || Integer.parseInt(part.substring(part.lastIndexOf(':') + 1)) > 65535) {
        throw new TypeConversionException("expected host:port[,host:port...], not '" + text + "'");
      }
    }
    return text;
  }
}
