// SPDX-License-Identifier: Apache-2.0
/** How services log in to Kafka, as they are deployed. */
package io.pkgslo.standalone.security;
