// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.alerts.objective.yaml.Problems;
import io.pkgslo.alerts.objective.yaml.YamlFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody wrote in good faith end with an error, soon and in little memory. */
@Timeout(20)
class HostileFilesTest {
  @TempDir Path dir;

  @Test
  void billionLaughs_isAnError() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a" + i + ": &a" + i + " [");
      bomb.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
    }
    assertThat(report(bomb.toString())).contains("f.yaml:1:1: unknown key 'a0' in the document");
  }

  @Test
  void manyAliases_areAnError() throws IOException {
    String text = "a: &a [x]\nb: [" + "*a,".repeat(YamlFiles.MOST_ALIASES + 1) + "]\n";

    assertThat(report(text)).contains("f.yaml:2:").contains("aliases");
  }

  @Test
  void documentThatContainsItself_isAnError() throws IOException {
    assertThat(report("&a\napiVersion: openslo/v1\nkind: SLO\nmetadata: *a\nspec: *a\n"))
        .contains("unknown key 'apiVersion' in metadata");
  }

  @Test
  void deepNesting_isAnError() throws IOException {
    assertThat(report("[".repeat(100_000))).contains("Nesting Depth exceeded");
    assertThat(report("a: ".repeat(50_000))).contains("expected valid YAML");
  }

  @Test
  void hugeFile_isAnError() throws IOException {
    assertThat(report("# " + "x".repeat(YamlFiles.MOST_BYTES_PER_FILE)))
        .contains("f.yaml:1:1: more than 1 MiB, expected smaller files");
  }

  @Test
  void manyFiles_areAnErrorWhenTheyAreTooMuchTogether() throws IOException {
    for (int i = 0; i < 5; i++) {
      Files.writeString(dir.resolve(i + ".yaml"), "# " + "x".repeat(1_000_000));
    }
    assertThat(ObjectiveFiles.read(dir).report())
        .contains("4.yaml:1:1: more than 4 MiB together with the files before");
  }

  @Test
  void problemsWithoutEnd_areCountedBeyondAThousand() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("k").append(i).append(": 1\n");
    }
    Objectives read = read(text.toString());

    assertThat(read.isValid()).isFalse();
    assertThat(read.problems()).hasSize(Problems.MOST + 1);
    assertThat(read.report()).endsWith(" further problems are not listed");
  }

  @Test
  void tag_constructsNothing() throws IOException {
    assertThat(report("!!javax.script.ScriptEngineManager {}"))
        .contains("f.yaml:1:1: Global tag is not allowed");
    assertThat(report("!mine {}"))
        .contains("f.yaml:1:1: the document is a mapping with a tag, expected a plain mapping");
  }

  @Test
  void syntaxError_hasItsPlace() throws IOException {
    assertThat(report("a: b\n  c: d\n")).contains("f.yaml:2:4: ").contains("expected valid YAML");
    assertThat(report("a: b\nc: \u0001\n")).contains("f.yaml:2:1: U+0001 is not allowed in YAML");
  }

  @Test
  void otherEncodings_areAnError() throws IOException {
    Path file = dir.resolve("f.yaml");
    Files.write(file, "name: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(ObjectiveFiles.read(file).report()).contains("f.yaml:1:1: not text in UTF-8");
  }

  @Test
  void nothingToRead_isAnError() {
    assertThat(ObjectiveFiles.read(dir).report()).contains("no files, expected *.yaml or *.yml");
    assertThat(ObjectiveFiles.read(dir.resolve("gone")).report())
        .contains("gone:1:1: nothing is there, expected a file or directory");
  }

  private String report(String text) throws IOException {
    Objectives read = read(text);
    assertThat(read.isValid()).isFalse();
    return read.report();
  }

  private Objectives read(String text) throws IOException {
    return ObjectiveFiles.read(Files.writeString(dir.resolve("f.yaml"), text));
  }
}
