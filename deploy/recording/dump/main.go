// SPDX-License-Identifier: Apache-2.0

// Command dump writes what stands on Kafka topics into a recording, and tells what a recording
// holds. README.md in the folder above documents the format.
//
//	dump topics -brokers ADDRESS -partitions 3 TOPIC...     creates topics
//	dump write -brokers ADDRESS -name NAME [...] TOPIC...   writes a recording to standard output
//	dump summary FILE                                       prints what FILE holds
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/klauspost/compress/zstd"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	"github.com/pkgslo/recording/format"
	"github.com/pkgslo/recording/summary"
	"github.com/pkgslo/recording/topics"
)

var errUsage = errors.New("usage: dump topics | write | summary, each with -help")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:])
	switch {
	case err == nil:
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "dump:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string) error {
	if len(arguments) == 0 {
		return errUsage
	}
	switch arguments[0] {
	case "topics":
		return createTopics(ctx, arguments[1:])
	case "write":
		return write(ctx, arguments[1:])
	case "summary":
		return summarize(arguments[1:])
	default:
		return errUsage
	}
}

func createTopics(ctx context.Context, arguments []string) error {
	flags := flag.NewFlagSet("topics", flag.ContinueOnError)
	brokers := flags.String("brokers", "127.0.0.1:9092", "address of the broker")
	partitions := flags.Int("partitions", 3, "partitions of each topic")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	client, err := kgo.NewClient(kgo.SeedBrokers(*brokers))
	if err != nil {
		return err
	}
	defer client.Close()
	timestampType := "CreateTime"
	created, err := kadm.NewClient(client).CreateTopics(ctx, int32(*partitions), 1,
		map[string]*string{"message.timestamp.type": &timestampType}, flags.Args()...)
	if err != nil {
		return err
	}
	return created.Error()
}

func write(ctx context.Context, arguments []string) error {
	var about format.Metadata
	flags := flag.NewFlagSet("write", flag.ContinueOnError)
	brokers := flags.String("brokers", "127.0.0.1:9092", "address of the broker")
	flags.StringVar(&about.Name, "name", "", "name of the recording")
	flags.StringVar(&about.Description, "description", "", "what happens in it, in a sentence")
	flags.StringVar(&about.Expected.Verdict, "verdict", "any", "rollback, not-rollback or any")
	flags.StringVar(&about.Expected.Service, "service", "", "service in rollout")
	flags.StringVar(&about.Expected.Version, "version", "", "version of the canary")
	flags.StringVar(&about.Expected.Baseline, "baseline", "", "version of the baseline")
	flags.StringVar(&about.Expected.Package, "package", "", "package that the verdict has to name")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	client, err := kgo.NewClient(kgo.SeedBrokers(*brokers))
	if err != nil {
		return err
	}
	defer client.Close()
	records, err := topics.Read(ctx, client, flags.Args())
	if err != nil {
		return err
	}
	if about.Topics, err = topics.Describe(ctx, client, flags.Args()); err != nil {
		return err
	}
	return format.Write(os.Stdout, about, records)
}

func summarize(arguments []string) error {
	if len(arguments) != 1 {
		return errUsage
	}
	file, err := os.Open(arguments[0])
	if err != nil {
		return err
	}
	defer file.Close()
	stream, err := zstd.NewReader(file, zstd.WithDecoderMaxWindow(1<<24))
	if err != nil {
		return err
	}
	defer stream.Close()
	about, records, err := format.Read(stream)
	if err != nil {
		return fmt.Errorf("%s: %w", arguments[0], err)
	}
	return printSummary(os.Stdout, about, records)
}

func printSummary(out io.Writer, about format.Metadata, records []format.Record) error {
	s, err := summary.Of(about, records)
	if err != nil {
		return err
	}
	return s.Print(out)
}
