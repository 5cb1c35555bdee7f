// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  /** Of a request of a tenant in a region that only the resource knows. */
  private static final Map<String, String> ITEM =
      Map.of(
          "http.route", "/cart/{id}",
          "http.response.status_code", "503",
          "tenant", "gold",
          "duration_ms", "250.0",
          "cached", "true",
          "SEVERITY", "13",
          "name", "an attribute");

  private static final Map<String, String> RESOURCE =
      Map.of("region", "eu-west-1", "tenant", "of the resource");

  private static String valueOf(Path path) {
    return switch (path.scope()) {
      case ITEM, FIELD -> ITEM.get(path.key());
      case RESOURCE -> RESOURCE.get(path.key());
      case ANYWHERE -> ITEM.getOrDefault(path.key(), RESOURCE.get(path.key()));
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tenant == \"gold\"",
        "tenant == 'gold'",
        "resource.attributes[\"tenant\"] == \"of the resource\"",
        "region == \"eu-west-1\"",
        "attributes[\"region\"] == nil",
        "attributes[\"name\"] == \"an attribute\"",
        "http.response.status_code == 503",
        "http.response.status_code == \"503\"",
        "duration_ms == 250",
        "duration_ms <= 250 and duration_ms >= 250.0",
        "http.response.status_code >= 500 and not http.response.status_code >= 600",
        "cached == true",
        "tenant in [\"silver\", \"gold\"]",
        "http.response.status_code in [502, 503]",
        "tenant not in [\"silver\"]",
        "http.route like \"/cart/*\"",
        "http.route not like \"/pay*\"",
        "tenant != nil",
        "absent == nil",
        "absent != \"gold\"",
        "absent not in [\"gold\"]",
        "absent not like \"*\"",
        "not (absent == \"gold\")",
        "severity >= WARN and severity < ERROR",
        "tenant == \"x\" or tenant == \"gold\" and cached == true",
        "(tenant == \"x\" or tenant == \"gold\") and cached == true"
      })
  void test_true(String filter) throws FilterException {
    assertThat(Filter.parse(filter).test(FilterTest::valueOf)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenant == \"Gold\"",
        "tenant == \"gol\"",
        "absent == \"\"",
        "absent < 1",
        "tenant < 1",
        "tenant >= 0",
        "absent in [\"a\"]",
        "absent like \"*\"",
        "http.route like \"/cart\"",
        "http.response.status_code == \"503.0\"",
        "tenant == \"gold\" and cached == false",
        "tenant == \"gold\" and (cached == false or region == \"us\")",
        "not tenant == \"gold\"",
        "severity == INFO"
      })
  void test_false(String filter) throws FilterException {
    assertThat(Filter.parse(filter).test(FilterTest::valueOf)).isFalse();
  }

  /** The number is where an editor puts the cursor, from 0 on. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tenant = \"gold\"|7|found '=', expected ==",
        "tenant|6|found the end, expected one of ==, !=, <, <=, >, >=, in, not in, like, not like",
        "tenant == gold|10|found 'gold', expected text in quotes, a number, true, false or nil",
        "tenant =~ \"g.*\"|7|found '=~', expected like \"a*\" or not like \"a*\", in which * is any"
            + " run of characters",
        "tenant == \"gold\" && a == 1|17|found '&&', expected and",
        "tenant == \"gold\" b == 1|17|found 'b', expected and, or, or the end",
        "(tenant == \"gold\"|17|found the end, expected )",
        "tenant == \"gold|10|found text without its end, expected a closing \"",
        "tenant in \"gold\"|10|found \"gold\", expected [",
        "tenant not \"gold\"|11|found \"gold\", expected in or like",
        "duration_ms > \"fast\"|14|found \"fast\", expected a number",
        "duration_ms > 250ms|14|found '250', expected a decimal such as 250 or 0.5, or text in"
            + " quotes",
        "severity >= WARNING|12|found 'WARNING', expected 1 to 24 or one of TRACE, DEBUG, INFO,"
            + " WARN, ERROR, FATAL",
        "attributes[tenant] == 1|11|found 'tenant', expected a key in quotes, of 1 to 200"
            + " characters",
        "and == 1|0|found 'and', expected a key such as http.route, attributes[\"key\"],"
            + " resource.attributes[\"key\"] or a field",
        "a == 1 # b|7|found '#', expected a key, a comparison, a bracket, and, or, not"
      })
  void parse_fault_saysWhereAndWhat(String filter, int position, String message) {
    FilterException fault = catchThrowableOfType(FilterException.class, () -> Filter.parse(filter));

    assertThat(fault).hasMessage(message);
    assertThat(fault.position()).isEqualTo(position);
  }

  /** Neither the stack nor the heap is the author's to spend. */
  @Test
  void parse_bounded() {
    assertThat(catchThrowableOfType(FilterException.class, () -> Filter.parse("(".repeat(3_000))))
        .hasMessage("found '(', expected at most 20 levels");
    assertThat(
            catchThrowableOfType(
                FilterException.class, () -> Filter.parse("a==1" + " or a==1".repeat(100))))
        .hasMessage("found 'a', expected at most 64 conditions");
    assertThat(catchThrowableOfType(FilterException.class, () -> Filter.parse("a".repeat(5_000))))
        .hasMessage("found 5000 characters, expected at most 4000");
  }

  @Test
  void fields_ofAllParts() throws FilterException {
    assertThat(Filter.parse("not (body like \"*x*\" or a == 1) and severity > 4").fields())
        .containsExactly(Path.Field.BODY, Path.Field.SEVERITY);
  }
}
