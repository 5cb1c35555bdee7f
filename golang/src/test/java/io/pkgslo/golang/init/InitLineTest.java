// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang.init;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.symbol.GoPackage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference: go-telemetry.md 1.1. */
class InitLineTest {
  private static final String YAML =
      "init example.com/acme/shop.v2/pkg/yaml%2ev3 @1.6 ms, 0 ms clock, 272 bytes, 3 allocs";
  private static final String SLOW =
      "init example.com/acme/shop.v2/pkg/slowinit @1.6 ms, 15 ms clock, 1086376 bytes, 448 allocs";

  @Test
  void findAll_wholeLine() {
    assertThat(InitLine.findAll(SLOW))
        .containsExactly(
            new InitLine(
                new GoPackage("example.com/acme/shop.v2/pkg/slowinit"),
                "example.com/acme/shop.v2/pkg/slowinit",
                1.6,
                15_000_000,
                1_086_376,
                448));
  }

  @Test
  void findAll_unescapesAndFolds() {
    assertThat(InitLine.findAll(YAML).get(0).pkg().path())
        .isEqualTo("example.com/acme/shop.v2/pkg/yaml.v3");
    InitLine std =
        InitLine.findAll(
                "init vendor/golang.org/x/net/http2/hpack @1.4 ms, 0.057 ms clock, 1 bytes, 2 allocs")
            .get(0);
    assertThat(std.pkg()).isEqualTo(GoPackage.STD);
    assertThat(std.clockNanos()).isEqualTo(57_000);
    assertThat(std.importPath()).isEqualTo("vendor/golang.org/x/net/http2/hpack");
  }

  @Test
  void startsRun_onlyRuntime() {
    String runtime = "init runtime @0.014 ms, 0.034 ms clock, 0 bytes, 0 allocs";
    assertThat(InitLine.findAll(runtime)).singleElement().matches(InitLine::startsRun);
    assertThat(InitLine.findAll(YAML)).singleElement().matches(line -> !line.startsRun());
  }

  @Test
  void findAll_gluedAndSurrounded() {
    assertThat(InitLine.findAll(YAML + SLOW)).hasSize(2);
    assertThat(InitLine.findAll("listening" + YAML + " done " + SLOW + "x")).hasSize(2);
    assertThat(InitLine.findAll("init unicode @0.7" + YAML)).hasSize(1);
    assertThat(InitLine.findAll("init init " + YAML)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init unicode @0.77 ms, 0.045 ms clock, 12456 bytes, 11",
        "init unicode @0.77 ms, 0.045 ms clo",
        "init @0.77 ms, 0.045 ms clock, 12456 bytes, 11 allocs",
        "unicode @0.77 ms, 0.045 ms clock, 12456 bytes, 11 allocs",
        "init unicode @0. ms, 0.045 ms clock, 12456 bytes, 11 allocs",
        "init unicode @1 ms, 99999999999999999999 ms clock, 1 bytes, 1 allocs",
        "init failed",
        ""
      })
  void findAll_halvesAreDropped(String line) {
    assertThat(InitLine.findAll(line)).isEmpty();
  }

  @Test
  void findAll_zeroIsLessThanAMicrosecond() {
    List<InitLine> found = InitLine.findAll("init main @17 ms, 0 ms clock, 0 bytes, 0 allocs");
    assertThat(found)
        .singleElement()
        .matches(line -> line.clockNanos() == 0 && line.pkg().isMain());
  }
}
