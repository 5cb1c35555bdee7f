// SPDX-License-Identifier: Apache-2.0
/**
 * YAML with places: trees that know line and column, mappings of closed sets of keys, and the
 * problems that are found in them. It knows nothing of objectives.
 */
@NullMarked
package io.pkgslo.alerts.objective.yaml;

import org.jspecify.annotations.NullMarked;
