// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every integration test is held to the accounts of what it runs, by an extension that JUnit finds
 * on the class path: so it must be there wherever such a test is.
 */
class AccountedModulesTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile("<artifactId>testing</artifactId>\\s*<scope>test</scope>", Pattern.MULTILINE);

  @Test
  void modulesWithIntegrationTests_haveTheExtension() {
    Set<String> modules = new TreeSet<>();
    for (String test : SourceTree.files("", "IT.java")) {
      if (test.contains("/src/test/java/")) {
        modules.add(test.substring(0, test.indexOf("/src/test/")));
      }
    }
    assertThat(modules).contains("deploy/broker", "deploy/standalone", "ingest");
    assertThat(modules)
        .allSatisfy(
            module ->
                assertThat(DEPENDENCY.matcher(SourceTree.text(module + "/pom.xml")).find())
                    .as("%s/pom.xml has testing among its test dependencies", module)
                    .isTrue());
  }

  /** A mark is an exception, and says why. */
  @Test
  void marks_areFewAndGiveAReason() {
    Pattern mark = Pattern.compile("@NothingReceived\\((\"[^\"]{15,}\")?");
    List<String> reasons =
        SourceTree.files("", "IT.java").stream()
            .flatMap(file -> mark.matcher(SourceTree.text(file)).results())
            .map(found -> String.valueOf(found.group(1)))
            .toList();
    assertThat(reasons).doesNotContain("null").hasSizeLessThan(20);
  }
}
