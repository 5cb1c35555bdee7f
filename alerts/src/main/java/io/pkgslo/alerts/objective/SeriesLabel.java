// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.alerts.objective;

/**
 * A label by which an objective tells its series apart.
 *
 * @param name as Prometheus allows it
 * @param path what its value is, as {@link io.pkgslo.model.filter.Path} reads it
 */
public record SeriesLabel(String name, String path) {}
