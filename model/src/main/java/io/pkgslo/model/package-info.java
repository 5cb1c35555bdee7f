// SPDX-License-Identifier: Apache-2.0
/** Values, schemas and codecs of our topics. */
@NullMarked
package io.pkgslo.model;

import org.jspecify.annotations.NullMarked;
