// SPDX-License-Identifier: Apache-2.0
/** Recorded rollouts through every gate, asked as the tools ask. */
package io.pkgslo.standalone.gates;
