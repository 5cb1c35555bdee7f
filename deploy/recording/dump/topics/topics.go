// SPDX-License-Identifier: Apache-2.0

// Package topics reads whole topics.
package topics

import (
	"context"
	"fmt"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	"github.com/pkgslo/recording/format"
)

// Describe says how many partitions the topics have, in the given order.
func Describe(ctx context.Context, client *kgo.Client, names []string) ([]format.Topic, error) {
	details, err := kadm.NewClient(client).ListTopics(ctx, names...)
	if err != nil {
		return nil, err
	}
	described := make([]format.Topic, 0, len(names))
	for _, name := range names {
		detail := details[name]
		if detail.Err != nil {
			return nil, fmt.Errorf("topic %s: %w", name, detail.Err)
		}
		described = append(described, format.Topic{Name: name, Partitions: len(detail.Partitions)})
	}
	return described, nil
}

// Read returns all records that stand on the topics now, from the first offset to the last.
func Read(ctx context.Context, client *kgo.Client, names []string) ([]format.Record, error) {
	ends, err := kadm.NewClient(client).ListEndOffsets(ctx, names...)
	if err != nil {
		return nil, err
	}
	if err := ends.Error(); err != nil {
		return nil, err
	}
	left := map[string]map[int32]int64{}
	from := map[string]map[int32]kgo.Offset{}
	waiting := 0
	ends.Each(func(end kadm.ListedOffset) {
		if end.Offset == 0 {
			return
		}
		if left[end.Topic] == nil {
			left[end.Topic], from[end.Topic] = map[int32]int64{}, map[int32]kgo.Offset{}
		}
		left[end.Topic][end.Partition] = end.Offset
		from[end.Topic][end.Partition] = kgo.NewOffset().AtStart()
		waiting++
	})
	client.AddConsumePartitions(from)
	var records []format.Record
	for waiting > 0 {
		fetched := client.PollFetches(ctx)
		if err := fetched.Err0(); err != nil {
			return nil, err
		}
		var failure error
		fetched.EachError(func(topic string, partition int32, err error) {
			failure = fmt.Errorf("%s-%d: %w", topic, partition, err)
		})
		if failure != nil {
			return nil, failure
		}
		fetched.EachRecord(func(r *kgo.Record) {
			end := left[r.Topic][r.Partition]
			if r.Offset >= end {
				return // written after the reading began
			}
			records = append(records, convert(r))
			if r.Offset == end-1 {
				waiting--
			}
		})
	}
	return records, nil
}

func convert(r *kgo.Record) format.Record {
	record := format.Record{
		Topic: r.Topic, Partition: r.Partition, Offset: r.Offset, Timestamp: r.Timestamp, Key: r.Key, Value: r.Value,
	}
	for _, header := range r.Headers {
		record.Headers = append(record.Headers, format.Header{Key: header.Key, Value: header.Value})
	}
	return record
}
