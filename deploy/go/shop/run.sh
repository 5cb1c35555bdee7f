#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts a command of the shop with its standard error in a file for the Collector, besides the
# container's own. Every start is a new instance, so that a restart is not taken for the old process.
set -eu

command=$1
shift
case $command in
  storefront | checkout | inventory) ;;
  *) exec env -u GODEBUG "/usr/local/bin/$command" "$@" ;; # no service: its inits are of no interest
esac

export SHOP_VERSION="${SHOP_VERSION:-dev}"
export SHOP_INSTANCE="${SHOP_INSTANCE:-$(hostname)-$(date +%s)}"
directory=${SHOP_STDERR_DIR:-/var/log/shop}
pipe=/tmp/stderr.$$
rm -f "$pipe" # a restarted container keeps its files and its process ids
mkfifo "$pipe"
tee "$directory/$command@$SHOP_VERSION@$SHOP_INSTANCE.stderr.log" < "$pipe" >&2 &
exec "/usr/local/bin/$command" "$@" 2> "$pipe"
