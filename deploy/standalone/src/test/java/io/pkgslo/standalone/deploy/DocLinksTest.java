// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the pages lead to files and headings that exist. */
class DocLinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  static Stream<String> pages() {
    return Stream.concat(
        Stream.of("README.md", "CONTRIBUTING.md"),
        Stream.of("docs", "deploy").flatMap(folder -> SourceTree.files(folder, ".md").stream()));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_leadSomewhere(String page) {
    Stream<String> links =
        LINK.matcher(withoutCode(SourceTree.text(page)))
            .results()
            .map(found -> found.group(1))
            .filter(link -> !link.contains("://"));

    assertThat(links).allSatisfy(link -> leadsSomewhere(page, link));
  }

  private static void leadsSomewhere(String page, String link) {
    String[] parts = link.split("#", 2);
    Path here = Path.of(page);
    Path target = parts[0].isEmpty() ? here : here.resolveSibling(parts[0]).normalize();

    assertThat(SourceTree.path(target.toString())).as(link).exists();
    if (parts.length == 2) {
      assertThat(anchors(target.toString())).as(link).contains(parts[1]);
    }
  }

  /** Headings as GitHub turns them into anchors. */
  private static Set<String> anchors(String page) {
    return HEADING
        .matcher(withoutCode(SourceTree.text(page)))
        .results()
        .map(found -> found.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String withoutCode(String text) {
    return text.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\n]*`(?!])", "");
  }
}
