// SPDX-License-Identifier: Apache-2.0
/** All services in one application, and the command line. */
@NullMarked
package io.pkgslo.standalone;

import org.jspecify.annotations.NullMarked;
