// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.analyzer.window;

/**
 * What is counted: one Go package of one version of one service.
 *
 * @param service {@code service.namespace/service.name}, or the name alone
 * @param version never empty: {@code unknown} when nothing says
 * @param goPackage an import path, {@code std}, {@code (unattributed)}, or one of the reserved
 *     names in parentheses
 */
public record SubjectKey(String service, String version, String goPackage) {}
