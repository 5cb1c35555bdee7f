// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TCP port, 0 for any free one. */
final class PortConverter implements ITypeConverter<Integer> {
  private static final int MAX_PORT = 65535;

  private PortConverter() {}

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Same message as for a number out of range.
    }
    throw new TypeConversionException("expected a port from 0 to 65535, not '" + text + "'");
  }
}
