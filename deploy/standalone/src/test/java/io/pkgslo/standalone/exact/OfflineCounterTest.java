// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The counter against what is known of the recordings without it: what the shop was told to do, and
 * what {@code deploy/recording/dump summary}, written in Go by somebody else, finds in them.
 */
class OfflineCounterTest {
  private static final String CHECKOUT = "github.com/pkgslo/shop/internal/checkout/";
  private static final String STOREFRONT = "github.com/pkgslo/shop/internal/storefront/";
  private static final String INVENTORY = "github.com/pkgslo/shop/internal/inventory/";
  private static final String MONEY = "github.com/pkgslo/shop/pkg/money.v2";

  private static Totals faulty;
  private static Totals innocent;
  private static final Map<Shape, Totals> VARIANTS = new EnumMap<>(Shape.class);

  @BeforeAll
  static void countOnce() throws IOException {
    faulty = OfflineCounter.count(Recordings.FAULTY, Shape.PROTO);
    innocent = OfflineCounter.count(Recordings.INNOCENT, Shape.PROTO);
    for (Shape shape : Shape.values()) {
      VARIANTS.put(shape, OfflineCounter.count(Recordings.VARIANTS, shape));
    }
  }

  private static double checkout(Totals totals, String version, String name, Measure measure) {
    return totals.get(new Subject("checkout", version, CHECKOUT + name), measure);
  }

  private static double inventory(Totals totals, String name, Measure measure) {
    return totals.get(new Subject("inventory", "v0.9.2", INVENTORY + name), measure);
  }

  private static double storefront(Totals totals, String name, Measure measure) {
    return totals.get(new Subject("storefront", "v2.3.0", STOREFRONT + name), measure);
  }

  /** The canary's pricing panics; payment has the noise of both arms. */
  @Test
  void faulty_panicsAreThoseOfTheInnermostSpans() {
    Totals totals = faulty;

    assertThat(checkout(totals, "v1.5.0", "pricing", Measure.PANICS)).isEqualTo(38);
    assertThat(checkout(totals, "v1.5.0", "payment", Measure.PANICS)).isEqualTo(1);
    assertThat(checkout(totals, "v1.4.0", "payment", Measure.PANICS)).isEqualTo(19);
    assertThat(totals.get(Measure.PANICS)).isEqualTo(58);
    assertThat(totals.get(Measure.INIT_FAILURES)).isZero();
  }

  /** Every span counts; otelhttp's and otelgrpc's at the package around or within them. */
  @Test
  void faulty_callsAreAllSpans() {
    Totals totals = faulty;

    assertThat(totals.get(Measure.CALLS)).isEqualTo(96_588);
    assertThat(checkout(totals, "v1.4.0", "tax", Measure.CALLS)).isEqualTo(5825);
    assertThat(checkout(totals, "v1.4.0", "pricing", Measure.CALLS)).isEqualTo(5825);
    assertThat(totals.get(new Subject("checkout", "v1.4.0", MONEY), Measure.CALLS)).isEqualTo(2343);
    assertThat(checkout(totals, "v1.4.0", "api", Measure.API_CALLS)).isEqualTo(5825);
    assertThat(checkout(totals, "v1.5.0", "api", Measure.API_ERRORS)).isEqualTo(40);
    // 6,219 calls of the server, 3,709 of them with a span of stock below them.
    assertThat(inventory(totals, "stock", Measure.API_CALLS)).isEqualTo(3709);
    assertThat(
            totals.get(
                new Subject("inventory", "v0.9.2", SpanPackages.UNATTRIBUTED), Measure.API_CALLS))
        .isEqualTo(6219 - 3709);
  }

  /** Four processes of checkout, two of inventory, two of storefront. */
  @Test
  void faulty_initsAreAllInittraceLines() {
    Totals totals = faulty;

    assertThat(totals.get(Measure.INITS)).isEqualTo(4 * 206 + 2 * 202 + 2 * 204);
    assertThat(checkout(totals, "v1.5.0", "tax", Measure.INITS)).isEqualTo(2);
  }

  @Test
  void innocent_panicsAreThoseOfPaymentInBothArms() {
    Totals totals = innocent;

    assertThat(checkout(totals, "v1.4.0", "payment", Measure.PANICS)).isEqualTo(40);
    assertThat(checkout(totals, "v1.5.0", "payment", Measure.PANICS)).isEqualTo(3);
    assertThat(totals.get(Measure.PANICS)).isEqualTo(43);
  }

  /**
   * Every place of a recovery, and none: spans and logs of one trace, of none, lines of net/http, a
   * crash whose spans died with it, and an init that panics.
   */
  @ParameterizedTest
  @EnumSource
  void variants_panicsAreOneEach_inEveryShape(Shape shape) {
    Totals totals = VARIANTS.get(shape);

    assertThat(totals.get(Measure.CALLS)).isEqualTo(4551);
    // promo has no spans: the stacks in the logs say that the panics of pricing's spans are its.
    assertThat(checkout(totals, "v1.4.0", "promo", Measure.PANICS)).isEqualTo(11);
    assertThat(checkout(totals, "v1.4.0", "pricing", Measure.PANICS)).isZero();
    assertThat(checkout(totals, "v1.4.0", "payment", Measure.PANICS)).isEqualTo(5);
    assertThat(checkout(totals, "v1.5.0", "pricing", Measure.PANICS)).isEqualTo(9);
    assertThat(storefront(totals, "recommend", Measure.PANICS)).isEqualTo(9);
    assertThat(inventory(totals, "stock", Measure.PANICS)).isEqualTo(1);
    assertThat(totals.get(Measure.PANICS)).isEqualTo(35);
    assertThat(checkout(totals, "v1.5.1", "tax", Measure.INIT_FAILURES)).isEqualTo(1);
    assertThat(totals.get(Measure.INIT_FAILURES)).isEqualTo(1);
    assertThat(totals.get(Measure.INITS)).isEqualTo(4 * 206 + 178 + 3 * 202 + 2 * 204);
  }

  @ParameterizedTest
  @EnumSource
  void variants_totalsAreTheSame_inEveryShape(Shape shape) {
    assertThat(VARIANTS.get(shape).differencesFrom(VARIANTS.get(Shape.PROTO))).isEmpty();
  }
}
