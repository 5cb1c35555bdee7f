// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.chaos;

import java.util.Map;

/** Whose numbers: the labels that every package series has. */
record Subject(String service, String version, String goPackage) {
  static Subject of(Map<String, String> labels) {
    return new Subject(
        labels.getOrDefault("service", ""),
        labels.getOrDefault("version", ""),
        labels.getOrDefault("package", ""));
  }
}
