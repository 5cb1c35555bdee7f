// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InternerTest {
  @Test
  void intern_sameBytes_sameString() {
    Interner interner = new Interner(64, 100);
    String first = interner.intern(Slice.of("github.com/acme/shop"));
    assertThat(interner.intern(Slice.of("github.com/acme/shop"))).isSameAs(first);
    assertThat(interner.misses()).isEqualTo(1);
  }

  @Test
  void intern_tooLong_isNotKept() {
    Interner interner = new Interner(64, 3);
    assertThat(interner.intern(Slice.of("four"))).isEqualTo("four");
    interner.intern(Slice.of("four"));
    assertThat(interner.misses()).isEqualTo(2);
  }

  /** Ever new names: right answers, and what is asked for in between stays cheap. */
  @Test
  void intern_moreThanFit_staysRight() {
    Interner interner = new Interner(16, 100);
    for (int i = 0; i < 10_000; i++) {
      assertThat(interner.intern(Slice.of("name" + i))).isEqualTo("name" + i);
    }
    assertThat(interner.intern(Slice.of(""))).isEmpty();
  }
}
