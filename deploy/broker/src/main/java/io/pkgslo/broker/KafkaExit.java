// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.broker;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka's server does when it cannot go on: it halts the JVM.
 *
 * <p>That is right in a process of its own, and wrong inside of a test: the JVM ends without a
 * word, with the results of all tests that ran in it, for the fault of one broker.
 */
final class KafkaExit {
  private KafkaExit() {}

  /** From now on a fatal fault ends the thread that it is in, and says so on standard error. */
  static void sparesTheJvm() {
    Exit.setHaltProcedure(KafkaExit::refuse);
    Exit.setExitProcedure(KafkaExit::refuse);
  }

  private static void refuse(int status, @Nullable String message) {
    BrokerException refused =
        new BrokerException(
            "Kafka's server gave up, with status "
                + status
                + (message == null ? "" : ": " + message)
                + "; its log says why");
    refused.printStackTrace();
    throw refused;
  }
}
