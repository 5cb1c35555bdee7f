// SPDX-License-Identifier: Apache-2.0
/**
 * The command line. Before it: a person or a pipeline. After it: a result on standard output, an
 * exit code that means the same everywhere, and everything else on standard error.
 */
@NullMarked
package io.pkgslo.standalone.cli;

import org.jspecify.annotations.NullMarked;
