// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Real output of Go programs and the packages to blame, as the reference gives them. */
public final class Samples {
  /** One captured crash; the package is {@code ?} when unknown and {@code -} for no panic. */
  public record Sample(String name, String blamedPackage, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  private Samples() {}

  public static List<Sample> all() {
    List<Sample> samples = new ArrayList<>();
    for (String line : read("expected.tsv").split("\n")) {
      String[] columns = line.split("\t");
      if (columns.length == 2 && !line.startsWith("#") && !columns[0].equals("case")) {
        samples.add(new Sample(columns[0], columns[1], read(columns[0] + ".stderr")));
      }
    }
    return samples;
  }

  public static String read(String file) {
    try (InputStream in = Samples.class.getResourceAsStream("/go-crashes/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException(file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
