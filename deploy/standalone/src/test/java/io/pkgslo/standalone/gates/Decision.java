// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.standalone.gates;

/** What a tool does with an answer. */
enum Decision {
  GO_ON,
  WAIT,
  GO_BACK
}
