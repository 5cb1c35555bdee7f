// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.golang;

import static org.assertj.core.api.Assertions.assertThat;

import io.pkgslo.golang.crash.Samples;
import io.pkgslo.golang.stack.BlamePolicy;
import io.pkgslo.golang.symbol.GoPackage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTextTest {
  private final ExplainText explain = new ExplainText(BlamePolicy.DEFAULT, List.of());

  @ParameterizedTest
  @CsvSource({
    "example.com/acme/shop.v2/pkg/yaml%2ev3.(*Decoder).Decode,example.com/acme/shop.v2/pkg/yaml.v3,function symbol",
    "main.main(),main,function symbol",
    "/root/go/pkg/mod/github.com/!burnt!sushi/toml@v1.3.2/x.go:12,github.com/BurntSushi/toml,file path (module cache)",
    "github.com/acme/shop/billing,github.com/acme/shop/billing,scope name",
    "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp,std,instrumentation scope",
  })
  void word_isAttributed(String word, String path, String source) {
    assertThat(explain.explain(word + "\n"))
        .containsExactly(new Finding.Attributed(word, new GoPackage(path), source));
  }

  @Test
  void output_initsAndCrashInOrder() {
    List<Finding> findings = explain.explain(Samples.read("init-maininit.stderr"));

    assertThat(findings).hasSize(20);
    assertThat(findings.subList(0, 19)).allMatch(f -> f instanceof Finding.InitFound);
    assertThat(findings.get(19)).isInstanceOf(Finding.PanicFound.class);
    Finding.PanicFound panic = (Finding.PanicFound) findings.get(19);
    assertThat(panic.panic().pkg()).isEqualTo(GoPackage.MAIN);
    assertThat(panic.pkg().path()).isEqualTo("example.com/acme/shop.v2/cmd/initpanic");
    assertThat(panic.panic().initFailure()).isTrue();
  }

  @Test
  void output_structuredRecordIsAttributed() {
    assertThat(
            explain.explain(
                "{\"level\":\"INFO\",\"source\":{\"function\":\"a.b/c.F\"},\"msg\":\"hi there\"}"))
        .singleElement()
        .matches(f -> ((Finding.Attributed) f).pkg().path().equals("a.b/c"));
  }

  @Test
  void nothing_isNothing() {
    assertThat(explain.explain("")).isEmpty();
    assertThat(explain.explain("hello world")).isEmpty();
    assertThat(explain.explain("hello")).isEmpty();
  }
}
