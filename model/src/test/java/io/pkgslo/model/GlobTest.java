// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "'', anything, true",
    "*, '', true",
    "shop/*, shop/checkout, true",
    "shop/*, workshop/checkout, false",
    "*/pkg/user, github.com/acme/shop/pkg/user, true",
    "*/pkg/user, github.com/acme/shop/pkg/user2, false",
    "a*b*c, aXbYc, true",
    "a*b*c, aXbYcZ, false",
    "a*b*c, abbc, true",
    "shop.checkout, shopXcheckout, false",
    "**, x, true",
    "exact, exact, true",
    "exact, exactly, false",
  })
  void glob_matchesTheWholeValue(String pattern, String value, boolean expected) {
    assertThat(new Glob(pattern).matches(value)).isEqualTo(expected);
  }
}
