// SPDX-License-Identifier: Apache-2.0

// Command split stands in front of the two arms of a rollout and divides the requests. PUT
// /canary/10 on the control address gives the canary 10 %.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/pkgslo/shop/internal/split"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8090", "address for requests")
	control := flag.String("control", "127.0.0.1:8091", "address for the control")
	baseline := flag.String("baseline", "", "comma-separated base URLs of the baseline's processes")
	canary := flag.String("canary", "", "comma-separated base URLs of the canary's processes")
	flag.Parse()
	splitter, err := split.New(urls(*baseline), urls(*canary))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	failed := make(chan error)
	go func() { failed <- http.ListenAndServe(*control, splitter.Control()) }()
	go func() { failed <- http.ListenAndServe(*listen, splitter) }()
	fmt.Fprintln(os.Stderr, "split:", <-failed)
	os.Exit(1)
}

func urls(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}
