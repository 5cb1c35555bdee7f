// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An integration test, or all tests of a class, in which no part of pkgslo receives anything that
 * it would have to account for. It fails when some account shows that something was received.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface NothingReceived {
  /** Why that is so. */
  String value();
}
