// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.judge;

import java.util.SplittableRandom;

/** Random numbers of the distributions that the simulations need; every sampler is exact. */
final class Draws {

  private final SplittableRandom random;

  Draws(long seed) {
    random = new SplittableRandom(seed);
  }

  double uniform() {
    return random.nextDouble();
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int index(int bound) {
    return random.nextInt(bound);
  }

  double exponential(double mean) {
    return -mean * Math.log1p(-random.nextDouble());
  }

  double gaussian() {
    return random.nextGaussian();
  }

  /** Arrivals of a unit process in an interval of the given length. */
  int poisson(double mean) {
    int count = 0;
    for (double rest = mean; rest > 0; rest -= 20) {
      count += smallPoisson(Math.min(20, rest));
    }
    return count;
  }

  private int smallPoisson(double mean) {
    double limit = Math.exp(-mean);
    int count = -1;
    for (double product = 1; product > limit; count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  /** Successes of n trials: one by one, or by jumping to the next one where they are rare. */
  int binomial(int n, double p) {
    if (p <= 0) {
      return 0;
    }
    if (p > 0.5) {
      return n - binomial(n, 1 - p);
    }
    return p > 0.1 ? oneByOne(n, p) : jumping(n, p);
  }

  private int oneByOne(int n, double p) {
    int count = 0;
    for (int trial = 0; trial < n; trial++) {
      count += random.nextDouble() < p ? 1 : 0;
    }
    return count;
  }

  private int jumping(int n, double p) {
    double logFail = Math.log(1 - p);
    int count = 0;
    double position = 0;
    while (true) {
      position += Math.floor(Math.log(1 - random.nextDouble()) / logFail) + 1;
      if (position > n) {
        return count;
      }
      count++;
    }
  }

  /** Trials up to and with the first success: 1, 2, ... with the given mean. */
  int geometric(double mean) {
    int count = 1;
    while (random.nextDouble() >= 1 / mean) {
      count++;
    }
    return count;
  }
}
