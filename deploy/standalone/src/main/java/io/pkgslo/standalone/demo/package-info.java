// SPDX-License-Identifier: Apache-2.0
/**
 * What the demo shows. Before it: the answers of the running services' own HTTP API. After it: a
 * table and sentences, or one JSON document. Nothing is computed here.
 */
@NullMarked
package io.pkgslo.standalone.demo;

import org.jspecify.annotations.NullMarked;
