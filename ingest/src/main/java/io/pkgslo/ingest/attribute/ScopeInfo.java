// SPDX-License-Identifier: Apache-2.0
package io.pkgslo.ingest.attribute;

/**
 * What the name of a scope says.
 *
 * @param goPackage import path when the scope is named after a package of the user's; else empty
 * @param sidecar the scope is a mesh sidecar's
 */
record ScopeInfo(String goPackage, boolean sidecar) {}
